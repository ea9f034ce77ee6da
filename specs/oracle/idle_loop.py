"""An asyncio event loop that runs until nothing is left to do, and never asks the operating system for events.

asyncio's transports register with the loop's selector as always; which of them is ready is the answer of the
one scripted socket that is attached. Time never passes and nothing ever blocks, so a script has one outcome.
"""

import asyncio
import selectors

SCRIPTED_FD = 1 << 30  # no descriptor of this process; it only ever reaches the selector below
MOST_TURNS = 100_000   # far beyond what any script needs: reaching it means that the world spins


class ScriptedSelector(selectors.BaseSelector):
    def __init__(self):
        self._keys = {}
        self._socket = None

    def attach(self, scripted_socket):
        self._socket = scripted_socket
        self._keys.pop(SCRIPTED_FD, None)

    def register(self, fileobj, events, data=None):
        fd = fileobj if isinstance(fileobj, int) else fileobj.fileno()
        key = self._keys[fd] = selectors.SelectorKey(fileobj, fd, events, data)
        return key

    modify = register

    def unregister(self, fileobj):
        return self._keys.pop(fileobj if isinstance(fileobj, int) else fileobj.fileno())

    def get_map(self):
        return self._keys

    def select(self, timeout=None):
        key = self._keys.get(SCRIPTED_FD)
        if key is None:
            return []
        ready = key.events & self._socket.readiness()
        return [(key, ready)] if ready else []


class IdleLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self._scripted = ScriptedSelector()
        super().__init__(self._scripted)
        self.complaints = []
        self.set_exception_handler(lambda loop, context: self.complaints.append(context))

    def __enter__(self):
        asyncio._set_running_loop(self)
        return self

    def __exit__(self, *_):
        asyncio._set_running_loop(None)
        self.close()

    def attach(self, scripted_socket):
        self._scripted.attach(scripted_socket)

    def run_until_idle(self):
        """Idle: no callback is due, and no registered socket event is ready."""
        for _ in range(MOST_TURNS):
            if not self._ready and not self._scripted.select():
                break
            self._run_once()
        else:
            raise RuntimeError("the world does not come to rest")
        if self.complaints:
            raise RuntimeError(f"asyncio reported an error that no script can cause: {self.complaints}")
