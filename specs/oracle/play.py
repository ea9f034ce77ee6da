"""Plays scripts, a JSON object a line on standard input, on this CPython's asyncio. Answers with a line each.

    python play.py < scripts.jsonl > answers.jsonl

A malformed script ends the run with exit code 2 and one line on standard error.
"""

import json
import sys

from idle_loop import IdleLoop
from plain import PlainReader, PlainWriter
from reader_world import ReaderWorld
from script import MalformedScript, Script, parse
from writer_world import WriterWorld

WORLDS = {"reader": ReaderWorld, "writer": WriterWorld}
TAKES_SEVERAL_SEPARATORS = sys.version_info >= (3, 13)
SKIPPED = "several separators"


class Oracle:
    """Plays any number of scripts on one event loop, each in a world of its own.

    With plain, the reader and the writer are CPython's own, without the decided differences of deviations.py.
    """

    def __init__(self, plain=False):
        self._parts = {"reader": PlainReader, "writer": PlainWriter} if plain else {}

    def __enter__(self):
        self._loop = IdleLoop().__enter__()
        return self

    def __exit__(self, *error):
        self._loop.__exit__(*error)

    def play(self, script: Script) -> dict:
        if script.several_separators and not TAKES_SEVERAL_SEPARATORS:
            return {"id": script.id, "skipped": SKIPPED}
        loop = self._loop
        world = WORLDS[script.kind](loop, script, **self._parts)
        answers = []
        for do, arguments in script.steps:
            world.does[do](*arguments)
            loop.run_until_idle()
            answers.append({"events": world.events + world.calls.take_ended(), **world.state()})
            world.events.clear()
        world.end()
        loop.run_until_idle()
        return {"id": script.id, "steps": answers}


as_line = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def main() -> int:
    with Oracle() as oracle:
        for number, line in enumerate(sys.stdin, 1):
            if not line.strip():
                continue
            try:
                script = parse(line)
            except MalformedScript as error:
                sys.stdout.flush()
                print(f"line {number}: {error}", file=sys.stderr)
                return 2
            print(as_line(oracle.play(script)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
