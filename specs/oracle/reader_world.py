"""kind reader: an asyncio.StreamReader that the script feeds, on a transport that only records being paused and resumed."""

from calls import Calls
from deviations import SafeReader


class RecordingTransport:
    def __init__(self, events):
        self._events = events
        self.paused = False

    def pause_reading(self):
        self.paused = True
        self._events.append({"pause": True})

    def resume_reading(self):
        self.paused = False
        self._events.append({"resume": True})


class ReaderWorld:
    def __init__(self, loop, script, reader=SafeReader, writer=None):
        self.events = []
        self._transport = RecordingTransport(self.events)
        self._reader = reader(limit=script.limit, loop=loop)
        self._reader.set_transport(self._transport)
        self.calls = Calls(loop, self._reader)
        self.does = {
            "feed": self._feed,
            "feed_eof": self._reader.feed_eof,
            "set_exception": self._set_exception,
            "call": self.calls.start,
            "cancel": self.calls.cancel,
        }

    def _feed(self, data):
        try:
            self._reader.feed_data(data)
        except AssertionError:
            self.events.append({"step_error": "assertion"})

    def _set_exception(self, message):
        self._reader.set_exception(ConnectionResetError(message))

    def state(self):
        return {
            "buffered": len(self._reader._buffer),
            "at_eof": self._reader.at_eof(),
            "paused": self._transport.paused,
        }

    def end(self):
        self.calls.cancel_all()
