"""What the result models of all labs share: the base model, and types of numbers that may be null."""

from pydantic import BaseModel, ConfigDict

Value = float | None
"""A number; null where it is not finite or does not exist."""
Vector = list[Value]
Matrix = list[Vector]


class Part(BaseModel):
    """A part of a result, without fields that are not declared."""

    model_config = ConfigDict(extra="forbid")
