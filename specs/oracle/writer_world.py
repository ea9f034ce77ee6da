"""kind writer: a whole connection, made of asyncio's own reader, writer, protocol and selector transport, on a scripted socket."""

import asyncio

from calls import Calls
from deviations import SafeReader, SafeWriter
from scripted_socket import ScriptedSocket


class WriterWorld:
    def __init__(self, loop, script, reader=SafeReader, writer=SafeWriter):
        self.events = []
        socket = ScriptedSocket(self.events)
        loop.attach(socket)
        self._reader = reader(limit=script.limit, loop=loop)
        self._protocol = asyncio.StreamReaderProtocol(self._reader, loop=loop)
        self._transport = loop._make_socket_transport(socket, self._protocol)
        loop.run_until_idle()  # the connection is made, and waits to receive
        if script.high is not None or script.low is not None:
            self._transport.set_write_buffer_limits(script.high, script.low)
        self._writer = writer(self._transport, self._protocol, self._reader, loop)
        self.calls = Calls(loop, self._reader, self._writer)
        self.does = {
            "write": self._write,
            "writelines": self._writelines,
            "write_eof": self._writer.write_eof,
            "close": self._writer.close,
            "abort": self._writer.abort,
            "set_limits": self._set_limits,
            "accept": socket.accept,
            "peer_data": socket.peer_data,
            "peer_eof": socket.peer_eof,
            "lost": socket.lost,
            "call": self.calls.start,
            "cancel": self.calls.cancel,
        }

    def _write(self, data):
        try:
            self._writer.write(data)
        except RuntimeError:
            self.events.append({"step_error": "invalid_state"})

    def _writelines(self, chunks):
        try:
            self._writer.writelines(chunks)
        except RuntimeError:
            self.events.append({"step_error": "invalid_state"})

    def _set_limits(self, high, low):
        try:
            self._transport.set_write_buffer_limits(high, low)
        except ValueError:
            self.events.append({"step_error": "bad_argument"})

    def state(self):
        return {
            "buffered": self._transport.get_write_buffer_size(),
            "closing": self._transport.is_closing(),
            "unread": len(self._reader._buffer),
            "at_eof": self._reader.at_eof(),
            "paused": self._protocol._paused,  # writing, which is what drain waits on
        }

    def end(self):
        self.calls.cancel_all()
        self._writer.abort()
