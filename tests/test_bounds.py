"""Every bound and pace by its value: measured or chosen once, each changes on purpose only.

Twice as long a patience or half as large a buffer fails no other test, and whoever runs a server notices.
"""

from importlib import import_module

import pytest

KIB, MIB = 1024, 1024 * 1024
BOUNDS = {
    "app.main": {"MIN_CACHE_MB": 8, "WARM_EVERY": 300, "MAX_LISTENERS": 5000, "SWITCH_INTERVAL": 0.0005},
    "app.api.qr": {"MAX_LENGTH": 2000, "SECONDS_PER_BYTE": 1.2e-6},
    "app.api.training": {"RETRY_AFTER": 5},
    "app.pages.fonts": {"SMALL": 0.72, "LOWER": 0.2, "WEIGHTS": (400, 750), "LICENSE_NAMES": (0, 13, 14)},
    "app.pages.preload": {"WHOLE_UP_TO": 200, "LONGEST": 1500},
    "app.pages.previews": {"MAX_TEXT": 40},
    "app.pages.rendering": {"MAX_PREVIEW_URL": 2000},
    "app.serving.cache": {"OVERHEAD": 400},
    "app.serving.connections": {
        "MAX_HEADER": 48 * KIB,
        "HEADER_SECONDS": 10.0,
        "STALL_SECONDS": 30.0,
        "CLOSE_SECONDS": 5.0,
        "BUFFERED": 16 * KIB,
        "REFILLED": 4 * KIB,
        "MAX_PIPELINED": 16,
    },
    "app.serving.files": {"SPARE_FILES": 200},
    "app.serving.gzip_parts": {
        "LEVEL": 8,
        "STREAM_LEVEL": 6,
        "STREAM_WINDOW": 12,
        "STREAM_MEMORY": 5,
        "HEADER": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff",
    },
    "app.serving.jobs": {"LINGER": 2.0, "KEEPALIVE": 10.0},
    "app.serving.json_encoding": {"EXACT": 17},
    "app.serving.log": {"MAX_PATH": 80},
    "app.serving.memory": {  # the first three are glibc's
        "M_TRIM_THRESHOLD": -1,
        "M_MMAP_THRESHOLD": -3,
        "M_ARENA_MAX": -8,
        "MAPPED_FROM": 128 * KIB,
        "TRIMMED_FROM": 256 * KIB,
        "ARENAS": 2,
    },
    "app.serving.pieces": {"PIECE": 32 * KIB},
    "app.serving.pool": {"MAX_WAITING": 2.0, "MIN_RETRY_AFTER": 1, "DECAY": 0.9},
    "app.serving.request_limits": {"MAX_URL": 32 * KIB, "MAX_PATH": 1000, "MAX_PARAMETERS": 1000},
    "app.serving.response_cache": {"MAX_URL_BYTES": 16 * MIB},
    "app.serving.splicing": {"SMALLEST": KIB, "LARGEST": 64 * KIB, "TRIES": 8, "QUALITY": 10},
    "app.serving.stopping": {"TURNS": 20, "TURN": 0.01},
    "app.serving.version": {"BYTES": 6},
    "app.serving.worker_processes": {"POLL": 0.05, "NICENESS": 5},
    "app.labs.explorer.downsampled": {"MAX_STEPS": 200},
    "app.labs.explorer.pair": {"MAX_MATRICES": 12, "AT_EACH_END": 4},
    "app.labs.explorer.params": {
        "MAX_STEPS": 1000,
        "MIN_SYMBOLS": 2,
        "MAX_SYMBOLS": 1001,
        "MAX_CODE_POINTS": 1300,
        "MAX_VOCABULARY": 256,
        "MAX_WEIGHT": 100,
        "MAX_WEIGHTS_LENGTH": 20_000,
        "MAX_TRAINED_LENGTH": 12_000,
        "MAX_CUTS_LENGTH": 5000,
        "MAX_STEPS_TIMES_HIDDEN": 32_000,
        "MAX_STEPS_TIMES_UPDATES": 40_000,
        "MIN_SECONDS": 0.02,
        "CELL_FACTOR": {"lstm": 3, "gru": 3},
    },
    "app.labs.explorer.run": {
        "BY_K_UP_TO": 100,
        "SAMPLES": 200,
        "MAX_SAMPLED_NUMBERS": 2_000_000,
        "GROWTH": 30,
    },
    "app.labs.graph.params": {"MAX_VALUE": 1e6, "MAX_VALUES_LENGTH": 600},
    "app.labs.graph.run": {"SECONDS": 0.02},
    "app.labs.parameters": {"_MAX_DIGITS": 18},
    "app.labs.sensitivity": {"LAST_BIT": 2.0**-52, "CAUTION": 1000, "VISIBLE": 5e-6, "TWINS": 2},
    "app.labs.training.contestants": {"MAX_K": 1000, "MAX_CUT": 0.9},
    "app.labs.training.cost_model": {
        "MAX_SECONDS": 20,
        "REPEAT_SECONDS": 5,
        "MAX_NUMBERS": 12_000_000,
        "POINTS": 40,
        "PER_ROW": 0.17,
        "PER_UPDATE": 140.0,
        "FEW_SYMBOLS": 30,
        "PER_SYMBOL": 0.005,
        "PER_SYMBOL_AND_H": 0.0003,
        "PER_STEP": {"rnn": (5, 0.008, 0.0003), "lstm": (24, 0.1, 0.0006), "gru": (30, 0.064, 0.0008)},
    },
    "app.labs.training.film": {"FRAMES": 12, "MAX_NUMBERS": 4096},
    "app.labs.training.lag_map": {
        "LAGS": (4, 6, 8, 10, 14),
        "KS": (1, 5, 10, 20),
        "SMALL": {"hidden": 16, "lanes": 8, "seeds": 5},
    },
    "app.labs.training.lanes": {
        "OTHERS": (1, 2, 4, 10),
        "STATES": 24,
        "DIFFERENCES": 60,
        "FIRST": 10,
        "FORGOTTEN": 0.01,
    },
    "app.labs.training.meters": {"SHORT": 50, "MORE_POINTS": 100, "LAST": 0.75},
    "app.labs.training.params": {
        "MIN_SYMBOLS": 2,
        "MAX_SYMBOLS": 2001,
        "MAX_CODE_POINTS": 2600,
        "MAX_VOCABULARY": 256,
        "MAX_CONTESTANTS": 8,
        "MAX_CONTEST_LENGTH": 200,
        "MAX_CUT": 1999,
        "MAX_CUTS_LENGTH": 400,
    },
    "app.labs.training.race": {"SAMPLES_AT": (0.0, 0.03, 0.15, 0.5, 1.0)},
    "app.labs.training.result_events": {"PROGRESS_INTERVAL": 0.25},
    "app.labs.training.sampling": {"LENGTH": 60, "TEMPERATURE": 0.7},
}


@pytest.mark.parametrize("module", BOUNDS)
def test_bounds_are_what_they_were_measured_or_chosen_to_be(module):
    found = import_module(module)
    assert {name: getattr(found, name) for name in BOUNDS[module]} == BOUNDS[module]
