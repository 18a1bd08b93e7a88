"""Texts that the page must take apart exactly as the server does; recorded with the symbols of the server."""

from app.bptt.sequences import UNITS

TEXTS = {
    "char": [
        *("hello", "안녕", "\u1112\u1161\u11ab", "e\u0301é", "x\u0301y", "a b\n", "\r\n", ""),
        *("👩‍👩‍👧‍👦👍🏽🇰🇷🇰", "\u200d\u200da", "שלום", "नमस्ते", "ก็"),
    ],
    "word": [
        *("you say goodbye and I say hello .", " a  b\tc\n", "안녕\u3000세상", "", " "),
        *("a\u00a0b\u2028c\u0085d", "a\u200bb\ufeffc", "a\x1cb\x1fc", "a,b", "\u1112\u1161\u11ab x"),
    ],
    "number": ["1 2 1 2 1", "1,2, -.5\t3e1,", "", " , ", "-0.5 1000 -1000. 1e-3", "007"],
}


def read() -> list[dict[str, object]]:
    """Every text with its unit and its symbols."""
    return [
        {"unit": unit, "text": text, "symbols": UNITS[unit].read(text)}
        for unit, texts in TEXTS.items()
        for text in texts
    ]
