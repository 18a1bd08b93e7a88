"""Training tasks: text, delayed recall, adding. To add one, add a file here and a line in labs/training."""

from .adding import Adding
from .recall import Episodes, RecallStream
from .stream import Stream
from .text import Text

__all__ = ["Adding", "Episodes", "RecallStream", "Stream", "Text"]
