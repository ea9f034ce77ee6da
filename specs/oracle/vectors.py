"""Vectors: scripts with their expected answers, as they are kept in the files of ../vectors.

A vector's answer leaves out what is at rest: no events, a count of 0, false. That halves the files, and what
is left is what one wants to read.
"""

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "vectors"
KEY_ORDER = ("id", "note", "kind", "limit", "high", "low", "steps", "answer")
RESTING = (False, 0, [])

_encode = json.JSONEncoder(separators=(",", ":")).encode


def files():
    return sorted(FOLDER.glob("*.jsonl"))


def read(path):
    """The vectors of a file, each as it was parsed and with the line it came from."""
    with open(path, encoding="utf-8") as lines:
        return [(json.loads(line), line) for line in lines if line.strip()]


def as_line(vector):
    known = {name: vector[name] for name in KEY_ORDER if name in vector}
    unknown = vector.keys() - known.keys()
    if unknown:
        raise ValueError(f"vector {vector.get('id')!r} has unknown fields: {', '.join(sorted(unknown))}")
    return _encode(known)


def without_resting(answer):
    """From the oracle's answer to what a vector keeps of it."""
    return [{name: value for name, value in sorted(step.items()) if value not in RESTING} for step in answer["steps"]]


def first_difference(expected, answer):
    """The number of the first step, from 1, where a vector's answer and an oracle's part; None where they do not."""
    actual = without_resting(answer)
    for number, (one, other) in enumerate(zip(expected, actual), 1):
        if one != other:
            return number
    return None if len(expected) == len(actual) else min(len(expected), len(actual)) + 1
