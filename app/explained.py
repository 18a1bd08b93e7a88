"""Which moment of the course explains a panel, or a part of a lab: labs link to it."""

EXPLAINED: dict[str, str] = {
    "saturation": "3.6",
    "matrices": "4.2",
    "learning": "5.4",
    "norms": "7.4",
    "jacobian": "7.5",
    "comparison": "8.2",
    "credit": "8.5",
    "cost": "8.6",
    "lanes": "10.1",
    "schemes": "11.2",
    "gates": "12.2",
    "cells": "12.3",
    "race": "12.6",
}
"""The number of a moment by the name of what it looks at."""
