"""What the result models of all labs share: the base model, and fields with shapes and descriptions."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Value = float | None
"""A number; null where it is not finite or does not exist."""
Vector = list[Value]
Matrix = list[Vector]
Params = dict[str, str | int | float]
"""The parameters of a request, by name."""


class Part(BaseModel):
    """A part of a result, without fields that are not declared."""

    model_config = ConfigDict(extra="forbid")


def field(description: str, **options: Any) -> Any:
    """Declare a field of a result; options as of ``pydantic.Field``."""
    return Field(description=description, **options)


def tensor(shape: str, description: str = "", **options: Any) -> Any:
    """Declare an array with its shape, such as ``"T, H"``; options as of ``pydantic.Field``."""
    return field(f"shape ({shape})" + (f": {description}" if description else ""), **options)
