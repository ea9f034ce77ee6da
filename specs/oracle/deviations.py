"""asyncio's own reader and writer, with the few decided differences put on top and nothing else changed.

Each difference keeps the caller's bytes safe where CPython would lose, mix or repeat them.
"""

import asyncio


class Busy(Exception):
    """A reader call was made while another waits."""


class LineOverrun(Exception):
    """A line is longer than the limit; nothing was consumed."""


class SafeReader(asyncio.StreamReader):
    _occupied = False
    _gathered = None

    async def one_call(self, method, *arguments):
        """Lets one call in at a time. CPython lets a second one take the bytes that the first is waiting for."""
        if self._occupied:
            _check(method, *arguments)
            raise Busy
        self._occupied = True
        try:
            return await getattr(self, method)(*arguments)
        finally:
            self._occupied = False

    async def read(self, n=-1):
        """CPython's read to the end calls read(limit) until the end; what those gave is lost if it does not get there."""
        if n >= 0:
            data = await super().read(n)
            if self._gathered is not None:
                self._gathered.append(data)
            return data
        self._gathered = []
        try:
            return await super().read(n)
        except BaseException:
            self._buffer[:0] = b"".join(self._gathered)
            raise
        finally:
            self._gathered = None

    async def readuntil(self, separators=(b"\n",)):
        # A tuple means any of them, from CPython 3.13 on.
        return await super().readuntil(separators[0] if len(separators) == 1 else separators)

    async def readline(self):
        """CPython drops an overlong line, and later takes the rest of it for a line of its own."""
        try:
            return await self.readuntil()
        except asyncio.IncompleteReadError as ended:
            return ended.partial
        except asyncio.LimitOverrunError:
            raise LineOverrun from None


class SafeWriter(asyncio.StreamWriter):
    def write(self, data):
        """CPython still takes bytes after close while older ones are queued. An empty write takes nothing and
        still fails after write_eof, which is what is wanted here."""
        super().write(b"" if self.is_closing() else data)

    def writelines(self, chunks):
        """From 3.12 on, CPython's own neither pauses nor bears an empty chunk nor a closed connection."""
        self.write(b"".join(chunks))

    async def wait_closed(self):
        """All callers share one future, which CPython cancels together with any one of them."""
        await asyncio.shield(self._protocol._get_close_waiter(self))

    def abort(self):
        """The writer has none of its own, and the transport's fails once a close with bytes queued has completed."""
        if not self._protocol._connection_lost:
            self._transport.abort()


def _check(method, *arguments):
    """The arguments that CPython refuses before it looks at anything else."""
    if method == "readexactly" and arguments[0] < 0:
        raise ValueError("readexactly size can not be less than zero")
    if method == "readuntil" and not (arguments[0] and all(arguments[0])):
        raise ValueError("Separator should be at least one-byte string")
