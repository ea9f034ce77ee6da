"""Plays all committed vectors on this CPython and compares the answers.

    python verify.py [--plain] [FILE...]

Prints how many were the same, skipped (several separators before CPython 3.13) and different, and the first
few that differ. The exit code is 1 if any differs, or if there is nothing to compare.

With --plain the decided differences of deviations.py are left out: what differs then is what they change.
"""

import contextlib
import platform
import sys
from pathlib import Path

import vectors
from play import Oracle, as_line
from script import MalformedScript, parse

SHOWN = 10


def main() -> int:
    plain = "--plain" in sys.argv[1:]
    paths = [Path(name) for name in sys.argv[1:] if name != "--plain"] or vectors.files()
    same = skipped = 0
    different, seen = [], {}
    with contextlib.ExitStack() as oracles:
        oracle = oracles.enter_context(Oracle(plain))
        for path in paths:
            for vector, line in vectors.read(path):
                where = f"{path.name}: {vector.get('id')}"
                if vector.get("id") in seen:
                    print(f"{where}: the same id is in {seen[vector['id']]}", file=sys.stderr)
                    return 2
                seen[vector.get("id")] = path.name
                try:
                    answer = oracle.play(parse(line))
                except MalformedScript as error:
                    print(f"{path.name}: {error}", file=sys.stderr)
                    return 2
                except Exception as error:
                    # A call raised what no answer has a name for, or the world does not come to rest: the loop can't be used again.
                    if not plain:
                        raise
                    answer = {"steps": [{"raised": repr(error)}]}
                    oracles.close()
                    oracle = oracles.enter_context(Oracle(plain))
                if "skipped" in answer:
                    skipped += 1
                    continue
                expected = vector.get("answer", [])
                step = vectors.first_difference(expected, answer)
                if step is None:
                    same += 1
                else:
                    different.append((where, step, expected, vectors.without_resting(answer)))
    for where, step, expected, actual in different[:SHOWN]:
        print(f"{where}, step {step}\n  expected {_entry(expected, step)}\n  got      {_entry(actual, step)}")
    if len(different) > SHOWN:
        print(f"... and {len(different) - SHOWN} more")
    print(f"{same} same, {skipped} skipped, {len(different)} differ (CPython {platform.python_version()})")
    return 1 if different or not same else 0


def _entry(answer, step):
    return as_line(answer[step - 1]) if step <= len(answer) else "nothing"


if __name__ == "__main__":
    sys.exit(main())
