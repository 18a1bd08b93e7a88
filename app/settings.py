"""Settings from environment variables: BPTT_HOST, BPTT_PORT and so on."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _base_url(url: str) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return url.rstrip("/")


def _redis_url(url: str) -> str:
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("must begin with redis://, rediss:// or unix://")
    return url


class Settings(BaseSettings):
    """Where the server listens, how many processes it has, and how large its caches are."""

    model_config = SettingsConfigDict(env_prefix="BPTT_")

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65_535)
    workers: int = Field(1, ge=1, le=64)
    public_url: Annotated[str, AfterValidator(_base_url)] = ""
    """Public URL of this site, such as https://bptt.example, for QR codes and previews; empty if none."""
    cache_mb: int = Field(256, ge=1)
    """Size of each process's response cache in MiB, compressed."""
    connections: int = Field(2000, ge=10)
    """How many connections each process has at once; further ones are refused."""
    rooms_url: Annotated[str, AfterValidator(_redis_url)] = ""
    """Where rooms of live lectures are kept: redis://host:port of Redis or Valkey; empty for this process."""
    bundle: bool = True
    """Whether pages get the small bundle, where it has been built; otherwise the scripts as written."""
