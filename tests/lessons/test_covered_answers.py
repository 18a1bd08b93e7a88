"""A veil leaves no other way to read what it covers."""

from app.lessons import LESSONS

VEILED = {
    f"{lesson.number}.{m}": set(moment.veil)
    for lesson in LESSONS
    for m, moment in enumerate(lesson.moment, 1)
    if moment.veil
}


def test_gradients_on_their_way_back_are_covered_with_those_they_start_from():
    for place, veil in VEILED.items():
        if "out.*" in veil:
            assert "fut.*" in veil, place
