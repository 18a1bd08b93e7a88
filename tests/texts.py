"""Long texts of every script and every kind of letter and mark, found by walking Unicode."""

import sys
import unicodedata

from app.labs.explorer.params import MAX_CODE_POINTS

NO_LETTERS = {"Cs", "Cn", "Co"}


def letters_of_every_kind() -> list[str]:
    """One of every script, category, combining class and length of its normal forms."""
    found: dict[tuple[object, ...], str] = {}
    for letter in map(chr, range(sys.maxunicode + 1)):
        category = unicodedata.category(letter)
        if category not in NO_LETTERS:
            script = unicodedata.name(letter, "?").split(" ")[0]
            forms = [len(unicodedata.normalize(form, letter)) for form in ("NFC", "NFD")]
            found.setdefault((script, category, unicodedata.combining(letter), *forms), letter)
    return [*found.values()]


def longest_texts() -> dict[str, str]:
    """Texts as long as they may be, by the code points of what they repeat."""
    units = [
        unit
        for letter in letters_of_every_kind()
        for unit in (letter, f"a{3 * letter}", f"{letter}\u0344\u05b2")
    ]
    return {
        " ".join(f"{ord(letter):x}" for letter in unit): unit
        * (MAX_CODE_POINTS // len(unicodedata.normalize("NFC", unit)))
        for unit in units
    }
