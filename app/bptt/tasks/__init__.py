"""What is learned: a series read by lanes, or episodes. A new one is one file and a line in labs/training."""

from .adding import Adding
from .recall import Episodes, RecallStream
from .stream import Stream
from .text import Text

__all__ = ["Adding", "Episodes", "RecallStream", "Stream", "Text"]
