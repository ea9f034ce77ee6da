"""Writes the random vectors anew from their seeds, and fills in the answers of all vectors from this CPython.

    python refresh.py [--check]

Needs CPython 3.13, the only one here that takes several separators. With --check nothing is written; the exit
code is 1 if anything would have changed. A changed answer of a hand-written vector is for a person to judge:
look at the difference before you keep it.
"""

import json
import sys

import vectors
from generate import scripts
from play import TAKES_SEVERAL_SEPARATORS, Oracle
from script import parse

SEED = "deterministic"
COUNT = 10_000     # of each kind
LONGEST = 5        # steps; short scripts keep the files small, a fresh run with longer ones costs nothing to keep
RANDOM = {"random-reader.jsonl": "reader", "random-writer.jsonl": "writer"}


def main() -> int:
    if not TAKES_SEVERAL_SEPARATORS:
        print("refreshing needs CPython 3.13", file=sys.stderr)
        return 2
    check = "--check" in sys.argv[1:]
    changed = []
    with Oracle() as oracle:
        for path in sorted({*vectors.files(), *(vectors.FOLDER / name for name in RANDOM)}):
            kind = RANDOM.get(path.name)
            if kind:
                source = scripts(SEED, COUNT, (kind,), LONGEST)
            else:
                source = (vector for vector, _ in vectors.read(path))
            text = "".join(_answered(oracle, script) + "\n" for script in source)
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                changed.append(path.name)
                if not check:
                    path.write_text(text, encoding="utf-8")
    print(f"{'would change' if check else 'changed'}: {', '.join(changed) or 'nothing'}")
    return 1 if check and changed else 0


def _answered(oracle, script):
    answer = oracle.play(parse(json.dumps(script)))
    return vectors.as_line(script | {"answer": vectors.without_resting(answer)})


if __name__ == "__main__":
    sys.exit(main())
