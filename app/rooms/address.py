"""Address of a page of this site, in parts: the complete state of what the page shows."""

import re
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from ..serving.site_path import site_path

MAX_ADDRESS = 32 * 1024  # bytes of path, query and fragment together

_PARTS = re.compile(r"([^?#]*)(\?[^#]*)?(#.*)?")


def invalid(code: str, limit: object = None) -> PydanticCustomError:
    """A validation error with a code of the message catalogues."""
    return PydanticCustomError(code, "{code}", {"code": code, "limit": limit})


class Sent(BaseModel):
    """What is sent as JSON: exactly its fields, of exactly their types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Address(Sent):
    """An address of this site as a browser writes it: in ASCII, each part with its first character."""

    path: str = Field(description="Such as /ko/lessons/truncated.")
    query: str = Field("", description="Empty, or with its question mark.")
    fragment: str = Field("", description="Empty, or with its number sign.")

    @model_validator(mode="after")
    def _of_this_site(self) -> Self:
        whole = self.path + self.query + self.fragment
        if len(whole) > MAX_ADDRESS:
            raise invalid("too_long", MAX_ADDRESS)
        parts = _PARTS.fullmatch(whole) if whole.isascii() and site_path(whole) == whole else None
        if parts is None or parts.groups("") != (self.path, self.query, self.fragment):
            raise invalid("not_a_path")
        return self
