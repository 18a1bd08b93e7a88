"""The course: every folder here is a lesson, its moments in one file and its words in one a language.

A lesson is found by its folder, ``08-truncated``: its number, and the name it has in addresses.
"""

from .reading import GLOSSARIES, LESSONS, Lesson, Moment, Prose, Term, Words, by_id

__all__ = ["GLOSSARIES", "LESSONS", "Lesson", "Moment", "Prose", "Term", "Words", "by_id"]
