"""Reads one line of the script format into a Script, or says in one line what is wrong with it.

Everything that can be refused is refused here, so that the worlds only ever meet steps they know.
"""

import json
from dataclasses import dataclass
from typing import Any

DEFAULT_LIMIT = 64 * 1024
LARGEST_RECEIVE = 256 * 1024  # what asyncio's socket transport asks for at most in one receive


class MalformedScript(Exception):
    """The script breaks the format; nothing of it has been played."""


@dataclass(frozen=True, slots=True)
class Script:
    id: Any
    kind: str
    limit: int
    high: int | None
    low: int | None
    steps: list[tuple[str, tuple]]  # what to do, and its arguments, decoded
    several_separators: bool


def parse(line: str) -> Script:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise MalformedScript(f"not JSON: {error}") from None
    if not isinstance(fields, dict):
        raise MalformedScript("a script is a JSON object")
    script_id = _identity(fields, "script")
    kind = fields.get("kind")
    if kind not in _STEPS:
        raise MalformedScript(f"script {script_id!r}: kind must be reader or writer, not {kind!r}")
    try:
        limit = _whole(fields, "limit", DEFAULT_LIMIT)
        if limit <= 0:
            raise MalformedScript("limit must be above zero")
        high, low = _watermarks(fields) if kind == "writer" else (None, None)
        steps = fields.get("steps")
        if not isinstance(steps, list):
            raise MalformedScript("steps must be a list")
    except MalformedScript as error:
        raise MalformedScript(f"script {script_id!r}: {error}") from None

    parsers, calls_allowed = _STEPS[kind], _CALLS[kind]
    decoded, call_ids, several = [], set(), False
    for number, step in enumerate(steps, 1):
        try:
            do, arguments = _step(step, parsers, calls_allowed)
            if do == "call":
                if arguments[0] in call_ids:
                    raise MalformedScript(f"the call id {arguments[0]!r} is used twice")
                call_ids.add(arguments[0])
                several = several or (arguments[1] == "readuntil" and len(arguments[2][0]) > 1)
        except MalformedScript as error:
            raise MalformedScript(f"script {script_id!r}, step {number}: {error}") from None
        decoded.append((do, arguments))
    return Script(script_id, kind, limit, high, low, decoded, several)


def _step(step, parsers, calls_allowed):
    if not isinstance(step, dict):
        raise MalformedScript("a step is a JSON object")
    do = step.get("do")
    if do not in parsers:
        raise MalformedScript(f"no step is called {do!r} here; there are {', '.join(parsers)}")
    if do == "call":
        return do, _call(step, calls_allowed)
    names, decode = parsers[do]
    _only(step, ("do",) + names)
    return do, decode(step)


def _call(step, calls_allowed):
    call_id, call = _identity(step, "call"), step.get("call")
    if call not in calls_allowed:
        raise MalformedScript(f"no call is called {call!r} here; there are {', '.join(calls_allowed)}")
    names, decode = calls_allowed[call]
    _only(step, ("do", "id", "call") + names)
    return call_id, call, decode(step)


def _only(step, names):
    for name in step:
        if name not in names:
            raise MalformedScript(f"{step['do']} knows no field {name!r}")


def _identity(fields, what):
    value = fields.get("id")
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise MalformedScript(f"the id of a {what} must be a string or a whole number, not {value!r}")
    return value


def _whole(fields, name, default=None, least=None):
    value = fields.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise MalformedScript(f"{name} must be a whole number, not {value!r}")
    if least is not None and value < least:
        raise MalformedScript(f"{name} must be at least {least}, not {value}")
    return value


def _text(fields, name):
    value = fields.get(name)
    if not isinstance(value, str):
        raise MalformedScript(f"{name} must be a string, not {value!r}")
    return value


def _bytes(value, name):
    if not isinstance(value, str):
        raise MalformedScript(f"{name} must be hexadecimal text, not {value!r}")
    try:
        return bytes.fromhex(value)
    except ValueError:
        raise MalformedScript(f"{name} must be hexadecimal text, not {value!r}") from None


def _many_bytes(value, name):
    if not isinstance(value, list):
        raise MalformedScript(f"{name} must be a list of hexadecimal texts, not {value!r}")
    return tuple(_bytes(each, name) for each in value)


def _limits(fields):
    return tuple(None if fields.get(name) is None else _whole(fields, name) for name in ("high", "low"))


def _watermarks(fields):
    """Watermarks of the script itself. Bad ones have no step to be reported in, so they are malformed."""
    high, low = _limits(fields)
    if high is not None or low is not None:
        top = high if high is not None else 4 * low
        bottom = low if low is not None else high // 4
        if not top >= bottom >= 0:
            raise MalformedScript(f"high ({top}) must be at least low ({bottom}), and low at least 0")
    return high, low


def _receive(step):
    data = _bytes(step.get("data"), "data")
    if len(data) > LARGEST_RECEIVE:
        raise MalformedScript(f"one receive holds at most {LARGEST_RECEIVE} bytes, not {len(data)}")
    return (data,)


_NOTHING = ((), lambda step: ())
_DATA = (("data",), lambda step: (_bytes(step.get("data"), "data"),))
_NAME = (("name",), lambda step: (_text(step, "name"),))
_BY_ID = (("id",), lambda step: (_identity(step, "call"),))

_READER_CALLS = {
    "read": (("n",), lambda step: (_whole(step, "n", -1),)),
    "readline": _NOTHING,
    "readexactly": (("n",), lambda step: (_whole(step, "n"),)),
    "readuntil": (("separators",), lambda step: (_many_bytes(step.get("separators", ["0a"]), "separators"),)),
    "next": _NOTHING,
}

_CALLS = {
    "reader": _READER_CALLS,
    "writer": _READER_CALLS | {"drain": _NOTHING, "wait_closed": _NOTHING},
}

_STEPS = {
    "reader": {
        "feed": _DATA,
        "feed_eof": _NOTHING,
        "set_exception": _NAME,
        "call": None,
        "cancel": _BY_ID,
    },
    "writer": {
        "write": _DATA,
        "writelines": (("data",), lambda step: (_many_bytes(step.get("data"), "data"),)),
        "write_eof": _NOTHING,
        "close": _NOTHING,
        "abort": _NOTHING,
        "set_limits": (("high", "low"), _limits),
        "accept": (("n",), lambda step: (_whole(step, "n", least=0),)),
        "peer_data": (("data",), _receive),
        "peer_eof": _NOTHING,
        "lost": _NAME,
        "call": None,
        "cancel": _BY_ID,
    },
}
