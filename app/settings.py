"""Settings, read from the environment: BPTT_HOST, BPTT_PORT."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the server listens."""

    model_config = SettingsConfigDict(env_prefix="BPTT_")

    host: str = "127.0.0.1"
    port: int = 8000
