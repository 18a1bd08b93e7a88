"""Links from panels, and other parts of the labs, to the step of the course that explains them."""

LESSON_LINKS: dict[str, str] = {
    "learning": "1.2",
    "saturation": "3.6",
    "matrices": "4.2",
    "layers": "4.4",
    "norms": "7.4",
    "jacobian": "7.5",
    "credit": "8.1",
    "comparison": "8.2",
    "cost": "8.6",
    "lanes": "10.2",
    "schemes": "11.2",
    "gates": "12.2",
    "cells": "12.3",
    "race": "12.6",
}
"""The number of a step (lesson.step) by the name of a part."""
