"""asyncio's own reader and writer as they are, with only what a script needs to call them and to name what they raise.

`verify.py --plain` plays with these instead of those of deviations.py, and so counts the vectors that the decided differences change.
"""

import asyncio

from deviations import Busy, LineOverrun


class PlainReader(asyncio.StreamReader):
    async def one_call(self, method, *arguments):
        try:
            return await getattr(self, method)(*arguments)
        except RuntimeError as error:
            if "another coroutine is already waiting" in str(error):
                raise Busy from None
            raise

    async def readuntil(self, separator=b"\n"):
        # A script has a list. A tuple means any of them, from CPython 3.13 on.
        if isinstance(separator, (list, tuple)) and len(separator) == 1:
            separator = separator[0]
        return await super().readuntil(separator)

    async def readline(self):
        try:
            return await super().readline()
        except ValueError:
            raise LineOverrun from None


class PlainWriter(asyncio.StreamWriter):
    def abort(self):
        self._transport.abort()
