"""What the tests of clauses stand on: connections on the loopback, TLS with a certificate of their own, raw peers."""

import asyncio
import contextlib
import functools
import socket
import ssl
import struct
import sys
import unittest
from pathlib import Path

CERTIFICATE = str(Path(__file__).resolve().parent / "test_certificate.pem")
PATIENCE = 20  # seconds; only what hangs takes so long
V = sys.version_info[:2]


def clause(*ids):
    """Names the clauses whose statement about CPython a test checks, and ends it if it hangs."""

    def wrap(test):
        @functools.wraps(test)
        async def bounded(self):
            await asyncio.wait_for(test(self), PATIENCE)

        bounded.clauses = ids
        return bounded

    return wrap


def server_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def client_context():
    return ssl.create_default_context(cafile=CERTIFICATE)


class Pair:
    """Both ends of one connection. What is not given to the server's handler stays open until the end of the test."""

    def __init__(self, server, near, far):
        self.server = server
        self.reader, self.writer = near
        self.far_reader, self.far_writer = far


class ClauseTests(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.reports = []
        loop = asyncio.get_running_loop()
        loop.set_debug(False)  # unittest switches it on
        loop.set_exception_handler(lambda loop, context: self.reports.append(context))
        self.stack = contextlib.AsyncExitStack()

    async def asyncTearDown(self):
        await self.stack.aclose()

    async def serve(self, handler, *, host="127.0.0.1", port=0, **options):
        server = await asyncio.start_server(handler, host, port, **options)
        self.stack.callback(server.close)
        return server

    async def pair(self, *, tls=False, **options):
        far = asyncio.get_running_loop().create_future()

        async def hold(reader, writer):
            far.set_result((reader, writer))
            await asyncio.sleep(PATIENCE)

        server = await self.serve(hold, ssl=server_context() if tls else None)
        if tls:
            options |= {"ssl": client_context(), "server_hostname": "localhost"}
        near = await asyncio.open_connection("127.0.0.1", port_of(server), **options)
        pair = Pair(server, near, await far)
        for writer in (pair.writer, pair.far_writer):
            self.stack.callback(drop, writer)
        return pair

    def raw_peer(self):
        """A listening socket, whose connections the test accepts by itself."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.stack.callback(listener.close)
        listener.setblocking(False)
        return listener

    async def to_raw_peer(self, **options):
        listener = self.raw_peer()
        near = await asyncio.open_connection(*listener.getsockname(), **options)
        far, _ = await asyncio.get_running_loop().sock_accept(listener)
        self.stack.callback(far.close)
        self.stack.callback(drop, near[1])
        return near, far

    def raises(self, error, text=""):
        return self.assertRaisesRegex(error, text)


def drop(writer):
    with contextlib.suppress(Exception):
        writer.transport.abort()


def port_of(server):
    return server.sockets[0].getsockname()[1]


def reset(raw):
    """Closes so that the peer sees a reset."""
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.close()


async def until(condition):
    while not condition():
        await asyncio.sleep(0.005)


async def turns(count=5):
    for _ in range(count):
        await asyncio.sleep(0)
