"""A socket whose other side is the script: it takes bytes on credit, and gives what the peer was told to send.

Only what asyncio's selector transport uses is here. Each operation does what a non-blocking socket would do.
"""

import selectors
from collections import deque

from idle_loop import SCRIPTED_FD

END_OF_FILE = b""  # what a receive gives once the peer has shut down its side


class ScriptedSocket:
    family = type = proto = None  # not TCP as far as asyncio can see, so it sets no options

    def __init__(self, events: list):
        self._events = events
        self._arrived = deque()
        self._credit = 0
        self._failure = None
        self._peer_ended = False

    # What the script does to it.

    def accept(self, n):
        self._credit += n

    def peer_data(self, data):
        if data and not self._peer_ended:  # no receive is empty, and nothing follows the end of file
            self._arrived.append(data)

    def peer_eof(self):
        if not self._peer_ended:
            self._peer_ended = True
            self._arrived.append(END_OF_FILE)

    def lost(self, message):
        self._failure = ConnectionResetError(message)

    def readiness(self):
        """A failed socket is ready for everything, as the operating system reports it."""
        ready = 0
        if self._arrived or self._failure:
            ready |= selectors.EVENT_READ
        if self._credit or self._failure:
            ready |= selectors.EVENT_WRITE
        return ready

    # What the transport does with it.

    def fileno(self):
        return SCRIPTED_FD

    def getsockname(self):
        return None

    getpeername = getsockname

    def recv(self, at_most):
        self._fail_if_lost()
        if not self._arrived:
            raise BlockingIOError
        return self._arrived.popleft()

    def send(self, data):
        self._fail_if_lost()
        if not self._credit:
            raise BlockingIOError
        taken = bytes(data[:self._credit])
        self._credit -= len(taken)
        if self._events and "sent" in self._events[-1]:
            self._events[-1]["sent"] += taken.hex()
        else:
            self._events.append({"sent": taken.hex()})
        return len(taken)

    def sendmsg(self, buffers):
        return self.send(b"".join(buffers))

    def shutdown(self, how):
        # Never fails, even on a lost socket: asyncio would let the error escape from write_eof and stay open.
        # The loss is found by the next receive or send instead.
        self._events.append({"shutdown_write": True})

    def close(self):
        self._events.append({"closed": True})

    def _fail_if_lost(self):
        if self._failure:
            raise self._failure
