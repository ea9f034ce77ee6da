"""Prints random scripts, the same ones for the same seed on every CPython.

    python generate.py --seed 7 --count 1000 [--kind reader|writer|both] [--longest 12] [--one-separator]

Each script draws from a generator of its own, made from the seed, its kind and its number, so that a script does
not depend on how many were asked for. Numbers are small on purpose: with limits of a few bytes and alphabets of
two or three letters, separators occur, overlap and straddle chunks, and buffers cross their bounds at every turn.

Each script allows itself only some kinds of step and call. A script without `close` goes deeper into the states
of an open connection than one where every step may be the last one that matters.
"""

import argparse
import json
import random
import sys

LIMITS = (1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7)
HIGHS = (0, 0, 1, 1, 2, 3, 5, 8)
NAMES = ("reset", "gone", "broken")

# Each alphabet with the separators that make sense in it. Several of a list mean any of them: those that share
# a suffix, a prefix or an overlap are where implementations part.
LINES = (b"ab\n", [[b"\n"], [b"\n\n"], [b"\n", b"\n\n"], [b"b\n", b"\n"], [b"b\n", b"b"]])
CRLF = (b"a\r\n", [[b"\r\n"], [b"\n"], [b"\r\n", b"\n"], [b"\n", b"\r\n"], [b"\r\n", b"\r"], [b"\r\n\r\n"],
                   [b"\r\n\r\n", b"\n\n"], [b"\n\r\n", b"\r\n\r"], [b"\r\n", b"\n", b"\r"]])
WORDS = (b"abc", [[b"ab"], [b"aab"], [b"aba"], [b"abab"], [b"c"], [b"abc", b"bc", b"c"], [b"abcabc", b"ca"],
                  [b"aa", b"aab"], [b"ab", b"b"], [b"abab", b"ba"], [b"bcab", b"ca", b"cc"]])
ALPHABETS = (LINES, CRLF, WORDS)

# How often each step and call is drawn, among those that a script allows itself.
READER_STEPS = {"feed": 40, "call": 34, "cancel": 9, "feed_eof": 5, "set_exception": 4}
WRITER_STEPS = {"write": 32, "writelines": 6, "accept": 22, "call": 32, "peer_data": 14, "cancel": 7, "set_limits": 5,
                "write_eof": 4, "peer_eof": 4, "close": 4, "abort": 2, "lost": 4}
READER_CALLS = {"read": 24, "readline": 12, "readexactly": 14, "readuntil": 26, "next": 8}
WRITER_CALLS = {"drain": 56, "wait_closed": 16, "read": 12, "readline": 6, "readexactly": 8, "readuntil": 8, "next": 4}

NEVER_LEFT_OUT = {"feed", "call", "write", "accept", "drain"}


class Generator:
    """Draws one script. Choices are spelled with randrange, whose draws are the same in all Python versions."""

    def __init__(self, seed, kind, number, longest, one_separator):
        self._random = random.Random(f"{seed}/{kind}/{number}")
        self._kind, self._number, self._longest = kind, number, longest
        self._one_separator = one_separator
        self._limit = self._pick(LIMITS)
        self._alphabet, self._separators = self._pick(ALPHABETS)
        self._calls = 0
        self._last_call = None
        self._written = 0

    def script(self):
        script = {"id": f"{self._kind[0]}-{self._number}", "kind": self._kind, "limit": self._limit}
        if self._kind == "writer" and not self._chance(12):
            script |= self._limits(bad=False)
        weights, calls = (READER_STEPS, READER_CALLS) if self._kind == "reader" else (WRITER_STEPS, WRITER_CALLS)
        weights, self._call_weights = self._some_of(weights), self._some_of(calls)
        count = 2 + self._below(self._longest - 1)
        script["steps"] = [self._step(weights) for _ in range(count)]
        return script

    # The draws.

    def _below(self, bound):
        return self._random.randrange(bound)

    def _pick(self, choices):
        return choices[self._below(len(choices))]

    def _chance(self, one_in):
        return self._below(one_in) == 0

    def _weighted(self, weights):
        left = self._below(sum(weights.values()))
        for choice, weight in weights.items():
            left -= weight
            if left < 0:
                return choice

    def _some_of(self, weights):
        allowed = {name: weight for name, weight in weights.items() if name in NEVER_LEFT_OUT or self._below(3)}
        return allowed or weights

    # The steps.

    def _step(self, weights):
        do = self._weighted(weights)
        if do == "cancel" and not self._calls:
            do = "call"
        return {"do": do} | getattr(self, f"_{do}", dict)()

    def _feed(self):
        if self._chance(30):
            return {"data": ""}
        return {"data": self._from_peer().hex()}

    def _peer_data(self):
        return {"data": self._from_peer().hex()}

    def _from_peer(self):
        """Mostly about a limit's worth; now and then beyond twice the limit, where reading pauses."""
        longest = (2, self._limit + 2, 2 * self._limit + 3)[self._below(3)]
        data = bytes(self._pick(self._alphabet) for _ in range(1 + self._below(longest)))
        if self._chance(2):
            data += self._pick(self._pick(self._separators))
        return data

    def _set_exception(self):
        return {"name": self._pick(NAMES)}

    _lost = _set_exception

    def _cancel(self):
        """Mostly the last call, which is the likeliest to be waiting."""
        return {"id": f"c{self._calls if self._below(3) else 1 + self._below(self._calls)}"}

    def _call(self):
        self._calls += 1
        # Several may drain or wait for the close at once, which is rare unless one follows the other.
        if self._last_call not in ("drain", "wait_closed") or self._chance(2):
            self._last_call = self._weighted(self._call_weights)
        call = self._last_call
        return {"id": f"c{self._calls}", "call": call} | getattr(self, f"_call_{call}", dict)()

    def _call_read(self):
        return {"n": -1 if self._chance(3) else self._length()}

    def _call_readexactly(self):
        return {"n": -1 if self._chance(24) else self._length()}

    def _call_readuntil(self):
        separators = self._pick(self._separators)
        if self._one_separator:
            separators = separators[:1]
        elif self._chance(40):
            separators = self._pick(([], [b""], [b"", b"a"]))
        return {"separators": [separator.hex() for separator in separators]}

    def _length(self):
        return self._below((3, self._limit + 2, 3 * self._limit + 2)[self._below(3)])

    def _write(self):
        return {"data": self._outgoing().hex()}

    def _writelines(self):
        return {"data": [self._outgoing().hex() for _ in range(self._below(4))]}

    def _outgoing(self):
        """Letters in turn, so that a byte lost, doubled or out of place shows."""
        length = 0 if self._chance(12) else 1 + self._below((2, 5, 9)[self._below(3)])
        first, self._written = self._written, self._written + length
        return bytes(ord("a") + (first + i) % 26 for i in range(length))

    def _accept(self):
        return {"n": self._below((3, 6, 20)[self._below(3)])}

    def _set_limits(self):
        return self._limits(bad=self._chance(8))

    def _limits(self, bad):
        high = self._pick(HIGHS)
        low = high + 1 + self._below(3) if bad else self._below(high + 1)
        if bad:
            return {"high": high, "low": low}
        return self._pick(({"high": high, "low": low}, {"high": high}, {"low": low}, {"high": high, "low": low}))


def scripts(seed, count, kinds=("reader", "writer"), longest=12, one_separator=False):
    for position in range(count):
        kind, number = kinds[position % len(kinds)], position // len(kinds) + 1
        yield Generator(seed, kind, number, longest, one_separator).script()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("--seed", required=True, help="any text")
    options.add_argument("--count", type=int, required=True, help="how many scripts")
    options.add_argument("--kind", choices=("reader", "writer", "both"), default="both")
    options.add_argument("--longest", type=int, default=12, help="the most steps in a script, at least 2")
    options.add_argument("--one-separator", action="store_true", help="only what CPython 3.11 and 3.12 can play")
    chosen = options.parse_args()
    if chosen.longest < 2:
        options.error("--longest must be at least 2")
    kinds = ("reader", "writer") if chosen.kind == "both" else (chosen.kind,)
    encode = json.JSONEncoder(separators=(",", ":")).encode
    for script in scripts(chosen.seed, chosen.count, kinds, chosen.longest, chosen.one_separator):
        print(encode(script))
    return 0


if __name__ == "__main__":
    sys.exit(main())
