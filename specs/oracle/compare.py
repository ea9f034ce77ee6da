"""Compares two streams of answers line by line, and shows the scripts whose answers differ.

    python compare.py ANSWERS OTHER_ANSWERS [--scripts SCRIPTS] [--show 5]

`-` stands for standard input. A line that either side marks as skipped counts as skipped. Lines that are not
the same text are compared as JSON, so that escapes and the order of keys make no difference.
Ends with `N same, M skipped, K differ`; the exit code is 1 if any differs. Where the ids are no longer
the same, one side has lost a line, and the comparison ends there.
"""

import argparse
import itertools
import json
import sys


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("answers")
    options.add_argument("others")
    options.add_argument("--scripts", help="the file that both answer, to show the script of a difference")
    options.add_argument("--show", type=int, default=5, help="how many differences to show")
    chosen = options.parse_args()
    same = skipped = different = 0
    streams = [_lines(chosen.answers), _lines(chosen.others)]
    if chosen.scripts:
        streams.append(_lines(chosen.scripts))
    for number, row in enumerate(itertools.zip_longest(*streams), 1):
        one, other, script = (*row, None)[:3]
        if one is not None and one == other and '"skipped"' not in one:
            same += 1
            continue
        left, right = _parsed(one), _parsed(other)
        if left.get("id") != right.get("id"):
            print(f"line {number}: the answers are out of step, {left.get('id')!r} against {right.get('id')!r}")
            different += 1
            break
        if "skipped" in left or "skipped" in right:
            skipped += 1
        elif left == right:
            same += 1
        else:
            different += 1
            if different <= chosen.show:
                _show(number, left, right, json.loads(script) if script else None)
    print(f"{same} same, {skipped} skipped, {different} differ")
    return 1 if different else 0


def _lines(name):
    stream = sys.stdin if name == "-" else open(name, encoding="utf-8")
    return (line.rstrip("\n") for line in stream if line.strip())


def _parsed(line):
    if line is None:
        return {"id": "(no more lines)"}
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    return answer if isinstance(answer, dict) else {"unreadable": line}


def _show(number, left, right, script):
    print(f"line {number}, script {left.get('id')!r}")
    if script:
        setting = {key: script[key] for key in ("kind", "limit", "high", "low") if key in script}
        print("  " + " ".join(f"{key}={value}" for key, value in setting.items()))
    steps = script["steps"] if script else ()
    for index, (one, other, step) in enumerate(
            itertools.zip_longest(left.get("steps", ()), right.get("steps", ()), steps), 1):
        if step:
            print(f"  {index:2} {json.dumps(step)}")
        if one != other:
            print(f"     one:   {_entry(one)}\n     other: {_entry(other)}")
            break  # what follows a difference seldom says more
    for side, answer in (("one", left), ("other", right)):
        if "unreadable" in answer:
            print(f"     {side} is not an answer: {answer['unreadable']}")
    print()


def _entry(entry):
    return "nothing" if entry is None else json.dumps(entry, sort_keys=True)


if __name__ == "__main__":
    sys.exit(main())
