"""Lessons of the course: one folder each with moments.toml, en.toml and ko.toml.

A folder's name, such as ``08-truncated``, is the lesson's number and its name in URLs.
"""

from .reading import GLOSSARIES, LESSONS, TALKS, Lesson, Moment, Prose, Term, Words, by_id

__all__ = ["GLOSSARIES", "LESSONS", "TALKS", "Lesson", "Moment", "Prose", "Term", "Words", "by_id"]
