"""The asynchronous calls of a script: started, perhaps waiting, ended; and how each end is written down."""

import asyncio

from deviations import Busy, LineOverrun

READER_METHODS = {
    "read": "read",
    "readline": "readline",
    "readexactly": "readexactly",
    "readuntil": "readuntil",
    "next": "__anext__",
}


class Calls:
    def __init__(self, loop, reader, writer=None):
        self._loop = loop
        self._reader = reader
        self._writer = writer
        self._waiting = {}  # by id, in the order the calls were made

    def start(self, call_id, call, arguments):
        if call in READER_METHODS:
            work = self._reader.one_call(READER_METHODS[call], *arguments)
        else:
            work = getattr(self._writer, call)()
        self._waiting[call_id] = self._loop.create_task(_outcome(work))

    def cancel(self, call_id):
        """A call that has ended, or was never made, is left alone."""
        if call_id in self._waiting:
            self._waiting[call_id].cancel()

    def cancel_all(self):
        for task in self._waiting.values():
            task.cancel()

    def take_ended(self):
        """The events of the calls that have ended since last asked, in the order the calls were made."""
        ended = [call_id for call_id, task in self._waiting.items() if task.done()]
        return [{"done": call_id, **self._waiting.pop(call_id).result()} for call_id in ended]


async def _outcome(work):
    try:
        value = await work
    except asyncio.CancelledError:
        return {"error": "cancelled"}
    except StopAsyncIteration:
        return {"end": True}
    except asyncio.IncompleteReadError as error:
        return {"incomplete": {"expected": error.expected, "partial": error.partial.hex()}}
    except asyncio.LimitOverrunError as error:
        return {"overrun": {"consumed": error.consumed}}
    except ConnectionResetError as error:
        return {"exception": str(error)}
    except LineOverrun:
        return {"error": "line_overrun"}
    except Busy:
        return {"error": "busy"}
    except ValueError:
        return {"error": "bad_argument"}
    return {"ok": None if value is None else value.hex()}
