"""Checks what the clauses say of CPython and no vector shows, on the CPython that runs this: 3.10 to 3.13.

    python test_clauses.py          # the tests
    python test_clauses.py --list   # the clauses they check

Each test names its clauses. A statement that holds from a version on is checked on both sides of it.
"""

import asyncio
import gc
import inspect
import os
import pathlib
import pickle
import platform
import re
import socket
import ssl
import sys
import tempfile
import unittest
import warnings
import weakref

from clause_world import V, ClauseTests, clause, client_context, drop, port_of, reset, server_context, turns, until

LOST = (ConnectionResetError, BrokenPipeError)


class Writing(ClauseTests):
    @clause("W-WRITE-01")
    async def test_only_bytes_are_written(self):
        pair = await self.pair()
        for data in (b"a", bytearray(b"b"), memoryview(b"c")):
            pair.writer.write(data)
        self.assertEqual(b"abc", await pair.far_reader.readexactly(3))
        with self.raises(TypeError, "bytes-like"):
            pair.writer.write("text")

    @clause("W-WRITE-05")
    async def test_what_is_queued_is_a_reference_from_3_12_on(self):
        (_, writer), far = await self.to_raw_peer()
        writer.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        writer.write(b"x" * 5_000_000)
        late = bytearray(b"before")
        writer.write(late)
        late[:] = b"after!"
        writer.close()
        far.setblocking(False)
        received = b""
        while piece := await asyncio.get_running_loop().sock_recv(far, 1 << 20):
            received = (received + piece)[-6:]
        self.assertEqual(b"after!" if V >= (3, 12) else b"before", received)

    @clause("W-EOF-01")
    async def test_one_half_is_ended_alone_except_over_tls(self):
        plain, tls = await self.pair(), await self.pair(tls=True)
        self.assertTrue(plain.writer.can_write_eof())
        self.assertFalse(tls.writer.can_write_eof())
        with self.raises(NotImplementedError):
            tls.writer.write_eof()

    @clause("W-WAIT-05", "W-LOST-05", "E-CONN-01")
    async def test_a_reset_is_one_error_for_all(self):
        (reader, writer), far = await self.to_raw_peer()
        reset(far)
        errors = []
        for wait in (reader.read, writer.drain, writer.wait_closed, writer.wait_closed):
            with self.raises(ConnectionResetError) as caught:
                await wait()
            errors.append(caught.exception)
        self.assertTrue(all(error is reader.exception() for error in errors))
        self.assertTrue(writer.is_closing())
        self.assertFalse(reader.at_eof())

    @clause("W-DRAIN-02")
    async def test_a_drain_of_a_closing_connection_gives_up_one_turn(self):
        pair = await self.pair()
        pair.writer.transport.set_write_buffer_limits(high=100_000_000)
        pair.writer.write(b"x" * 20_000_000)
        pair.writer.close()
        before = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(before.set_result, None)
        await pair.writer.drain()
        self.assertTrue(before.done())

    @clause("W-DRAIN-08")
    async def test_a_resume_releases_those_who_wait_even_if_writing_is_paused_again(self):
        protocol = asyncio.StreamReaderProtocol(asyncio.StreamReader())
        protocol.pause_writing()
        waits = [asyncio.ensure_future(protocol._drain_helper()) for _ in range(2)]
        await turns()
        protocol.resume_writing()
        protocol.pause_writing()
        await asyncio.gather(*waits)

    @clause("W-WM-01")
    async def test_the_watermarks(self):
        plain, tls = await self.pair(), await self.pair(tls=True)
        self.assertEqual((16384, 65536), plain.writer.transport.get_write_buffer_limits())
        expected = (131072, 524288) if V >= (3, 11) else (16384, 65536)
        self.assertEqual(expected, tls.writer.transport.get_write_buffer_limits())

    @clause("W-WM-04")
    async def test_tls_pauses_at_exactly_high(self):
        if V < (3, 11):
            self.skipTest("before 3.11 TLS has the watermarks of the transport below")
        tls = await self.pair(tls=True)
        protocol = tls.writer.transport._ssl_protocol
        tls.writer.transport.set_write_buffer_limits(high=0)
        self.assertTrue(protocol._app_writing_paused)

    @clause("W-WM-08")
    async def test_over_tls_one_large_write_does_not_count_from_3_11_on(self):
        pair = await self.pair(tls=True)
        pair.far_writer.transport.pause_reading()
        pair.writer.write(b"x" * 32_000_000)
        wait = asyncio.ensure_future(pair.writer.drain())
        await asyncio.wait([wait], timeout=0.2)
        self.assertEqual(V >= (3, 11), wait.done())
        wait.cancel()

    @clause("W-LOST-01")
    async def test_the_fifth_write_after_a_loss_is_logged(self):
        pair = await self.pair()
        pair.writer.transport.abort()
        await pair.writer.wait_closed()
        for _ in range(4):
            pair.writer.write(b"x")
        with self.assertLogs("asyncio", "WARNING") as logged:
            pair.writer.write(b"x")
        self.assertIn("socket.send() raised exception", logged.output[0])

    @clause("W-LOST-02")
    async def test_writes_after_a_close_of_tls_are_logged_from_3_11_on(self):
        pair = await self.pair(tls=True)
        pair.writer.close()
        await pair.writer.wait_closed()
        with self.assertLogs("asyncio", "WARNING") as logged:
            asyncio.log.logger.warning("so that there is one")
            for _ in range(8):
                pair.writer.write(b"x")
        self.assertEqual(V >= (3, 11), any("SSL connection is closed" in line for line in logged.output))

    @clause("W-LOST-03")
    async def test_the_drain_after_a_write_that_found_the_loss_is_connection_lost(self):
        (_, writer), far = await self.to_raw_peer()
        far.close()
        writer.write(b"first")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(b"second")
        self.assertTrue(writer.is_closing())
        with self.raises(ConnectionResetError, "Connection lost"):
            await writer.drain()
        with self.raises(LOST) as caught:
            await writer.drain()
        self.assertNotEqual("Connection lost", str(caught.exception))


class Tls(ClauseTests):
    async def shut(self, **options):
        """A connection over TLS, and the raw socket of its peer, which has made the handshake and does nothing more."""
        listener = self.raw_peer()
        listener.setblocking(True)

        def peer():
            raw, _ = listener.accept()
            return server_context().wrap_socket(raw, server_side=True, suppress_ragged_eofs=False)

        far = asyncio.get_running_loop().run_in_executor(None, peer)
        near = await asyncio.open_connection(*listener.getsockname(), ssl=client_context(), server_hostname="localhost", **options)
        secured = await far
        self.stack.callback(secured.close)
        self.stack.callback(drop, near[1])
        return near, secured

    @clause("W-HALF-02")
    async def test_the_peers_end_closes(self):
        pair = await self.pair(tls=True)
        pair.far_writer.close()
        self.assertEqual(b"", await pair.reader.read())
        await pair.writer.wait_closed()
        self.assertEqual(V >= (3, 11), pair.writer.is_closing())
        pair.writer.write(b"dropped")
        with self.raises(ConnectionResetError, "Connection lost"):
            await pair.writer.drain()

    @clause("W-HALF-03")
    async def test_a_truncated_stream_looks_like_a_clean_end(self):
        (reader, writer), far = await self.shut()
        far.send(b"cut")
        raw = socket.socket(fileno=far.detach())
        raw.shutdown(socket.SHUT_WR)
        self.stack.callback(raw.close)
        self.assertEqual(b"cut", await reader.read())
        self.assertIsNone(reader.exception())

    @clause("W-TLS-01")
    async def test_closing_times_out_from_3_11_on(self):
        if V < (3, 11):
            (_, writer), _ = await self.shut()
            writer.close()
            with self.raises(asyncio.TimeoutError):
                await asyncio.wait_for(writer.wait_closed(), 0.3)
            return
        (reader, writer), _ = await self.shut(ssl_shutdown_timeout=0.1)
        writer.close()
        with self.raises(TimeoutError, "SSL shutdown timed out"):
            await writer.wait_closed()
        self.assertIsInstance(reader.exception(), TimeoutError)

    @clause("W-TLS-02")
    async def test_data_after_our_close_notify_is_an_error_of_the_close(self):
        if V < (3, 11):
            self.skipTest("said of 3.11 and later")
        (_, writer), far = await self.shut()
        writer.close()
        await asyncio.sleep(0.05)
        far.send(b"late")
        with self.raises(ssl.SSLError, "(?i)application data after close notify"):
            await writer.wait_closed()

    @clause("W-TLS-03")
    async def test_a_second_close_breaks_later_calls_from_3_11_on(self):
        pair = await self.pair(tls=True)
        pair.writer.close()
        pair.writer.close()
        if V >= (3, 11):
            with self.raises(AttributeError):
                pair.writer.get_extra_info("sslcontext")
        else:
            pair.writer.get_extra_info("sslcontext")

    @clause("W-INFO-02")
    async def test_what_is_known_after_a_loss(self):
        raw_names, tls_names = ("peername", "sockname", "socket"), ("sslcontext", "ssl_object", "cipher", "peercert")
        (_, writer), far = await self.shut()
        for name in raw_names + tls_names:
            self.assertIsNotNone(writer.get_extra_info(name), name)
        raw = socket.socket(fileno=far.detach())
        reset(raw)
        with self.raises(OSError):
            await writer.wait_closed()
        for name in raw_names:
            self.assertIsNone(writer.get_extra_info(name), name)
        for name in tls_names:
            self.assertIsNotNone(writer.get_extra_info(name), name)

    @clause("W-INFO-02")
    async def test_what_is_known_after_a_plain_close(self):
        pair = await self.pair()
        pair.writer.close()
        await pair.writer.wait_closed()
        for name in ("peername", "sockname", "socket"):
            self.assertIsNotNone(pair.writer.get_extra_info(name), name)

    @clause("W-INFO-01")
    async def test_facts_have_names(self):
        pair = await self.pair(tls=True)
        known = pair.writer.get_extra_info
        self.assertIsInstance(known("peername"), tuple)
        self.assertIsInstance(known("sslcontext"), ssl.SSLContext)
        self.assertIsInstance(known("ssl_object"), ssl.SSLObject)
        self.assertIsInstance(known("peercert"), dict)
        self.assertIsInstance(known("cipher"), tuple)
        self.assertIsNone(known("compression"))
        self.assertEqual("default", known("nothing", "default"))

    @clause("C-OPEN-11")
    async def test_how_a_handshake_fails(self):
        server = await self.serve(lambda reader, writer: None, ssl=server_context())
        with self.raises(ssl.SSLCertVerificationError):
            await asyncio.open_connection("127.0.0.1", port_of(server), ssl=True)
        listener = self.raw_peer()
        opening = asyncio.ensure_future(asyncio.open_connection(*listener.getsockname(), ssl=True))
        far, _ = await asyncio.get_running_loop().sock_accept(listener)
        far.setblocking(False)
        await asyncio.get_running_loop().sock_recv(far, 65536)
        far.close()
        with self.raises(ConnectionResetError):
            await opening

    @clause("C-SRV-07")
    async def test_a_failed_handshake_on_a_server_is_not_reported_outside_debug_mode(self):
        called = []
        server = await self.serve(lambda *halves: called.append(halves), ssl=server_context())
        with self.raises(ssl.SSLError):
            await asyncio.open_connection("127.0.0.1", port_of(server), ssl=True)
        await asyncio.sleep(0.05)
        self.assertEqual(([], []), (called, self.reports))


class Starting_tls(ClauseTests):
    def setUp(self):
        if V < (3, 11):
            self.skipTest("start_tls came with 3.11")

    async def upgraded(self, *, near_context=None, hostname="localhost", **options):
        pair = await self.pair()
        far = asyncio.ensure_future(pair.far_writer.start_tls(server_context()))
        await pair.writer.start_tls(near_context or client_context(), server_hostname=hostname, **options)
        await far
        return pair

    @clause("W-STLS-01", "W-STLS-02")
    async def test_the_same_reader_and_writer_go_on_and_the_accepting_side_is_the_server(self):
        pair = await self.pair()
        before = pair.writer.transport
        far = asyncio.ensure_future(pair.far_writer.start_tls(server_context()))
        self.assertIsNone(await pair.writer.start_tls(client_context(), server_hostname="localhost"))
        await far
        self.assertIsNot(before, pair.writer.transport)
        pair.writer.write(b"secret")
        self.assertEqual(b"secret", await pair.far_reader.readexactly(6))

    @clause("W-STLS-01")
    async def test_the_shutdown_time_out_came_with_3_12(self):
        pair = await self.pair()
        if V < (3, 12):
            with self.raises(TypeError):
                await pair.writer.start_tls(client_context(), ssl_shutdown_timeout=1)
        else:
            with self.raises(ValueError):
                await pair.writer.start_tls(client_context(), server_hostname="localhost", ssl_shutdown_timeout=0)

    @clause("W-STLS-03")
    async def test_on_a_closed_connection_it_is_that_the_connection_is_lost(self):
        pair = await self.pair()
        pair.writer.close()
        await pair.writer.wait_closed()
        with self.raises(ConnectionResetError, "Connection lost"):
            await pair.writer.start_tls(client_context(), server_hostname="localhost")

    @clause("W-STLS-04")
    async def test_only_a_context_is_taken(self):
        pair = await self.pair()
        with self.raises(TypeError):
            await pair.writer.start_tls(True)

    @clause("W-STLS-05")
    async def test_without_a_name_none_is_checked_on_3_13_0(self):
        if sys.version_info[:3] > (3, 13, 0):
            self.skipTest("later releases refuse it")
        context = client_context()
        self.assertTrue(context.check_hostname)
        pair = await self.upgraded(near_context=context, hostname=None)
        self.assertIsNotNone(pair.writer.get_extra_info("cipher"))

    @clause("W-STLS-06")
    async def test_a_failed_verification_is_the_error_of_all(self):
        pair = await self.pair()
        far = asyncio.ensure_future(pair.far_writer.start_tls(server_context()))
        with self.raises(ssl.SSLCertVerificationError) as caught:
            await pair.writer.start_tls(ssl.create_default_context(), server_hostname="localhost")
        self.assertTrue(pair.writer.is_closing())
        with self.raises(ssl.SSLCertVerificationError) as waited:
            await pair.writer.wait_closed()
        self.assertIs(caught.exception, waited.exception)
        far.cancel()

    @clause("W-STLS-07", "W-STLS-08")
    async def test_a_handshakes_time_out_ends_the_call_and_nothing_else(self):
        (reader, writer), _ = await self.to_raw_peer()
        with self.raises(ValueError):
            await writer.start_tls(client_context(), server_hostname="localhost", ssl_handshake_timeout=0)
        self.assertFalse(writer.is_closing())
        with self.raises(ConnectionAbortedError, "SSL handshake is taking longer than 0.1 seconds"):
            await writer.start_tls(client_context(), server_hostname="localhost", ssl_handshake_timeout=0.1)
        done, _ = await asyncio.wait([asyncio.ensure_future(writer.wait_closed()), asyncio.ensure_future(reader.read())], timeout=0.3)
        self.assertEqual(set(), done)

    @clause("W-STLS-09")
    async def test_plain_bytes_stay_in_the_buffer_before_decrypted_ones(self):
        pair = await self.pair()
        pair.writer.write(b"injected;")
        await until(lambda: len(pair.far_reader._buffer) == 9)
        far = asyncio.ensure_future(pair.far_writer.start_tls(server_context()))
        await pair.writer.start_tls(client_context(), server_hostname="localhost")
        await far
        pair.writer.write(b"secret")
        self.assertEqual(b"injected;secret", await pair.far_reader.readexactly(15))

    @clause("W-STLS-10")
    async def test_early_bytes_of_the_handshake_are_not_handed_on(self):
        pair = await self.pair()
        near = asyncio.ensure_future(pair.writer.start_tls(client_context(), server_hostname="localhost"))
        await until(lambda: len(pair.far_reader._buffer) > 0)
        with self.raises(ConnectionAbortedError):
            await pair.far_writer.start_tls(server_context(), ssl_handshake_timeout=0.2)
        near.cancel()

    @clause("W-STLS-11")
    async def test_the_reader_keeps_the_transport_below(self):
        pair = await self.upgraded()
        self.assertIsNot(pair.writer.transport, pair.reader._transport)


class Facts_and_lifetime(ClauseTests):
    @clause("W-INFO-03", "S-SOCK-01")
    async def test_sockets_are_wrapped_and_have_these_options(self):
        pair = await self.pair()
        for writer in (pair.writer, pair.far_writer):
            wrapped = writer.get_extra_info("socket")
            self.assertNotIsInstance(wrapped, socket.socket)
            self.assertFalse(hasattr(wrapped, "send") and V >= (3, 11))
            self.assertTrue(wrapped.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            self.assertFalse(wrapped.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE))
        self.assertIsInstance(pair.server.sockets, tuple)
        self.assertNotIsInstance(pair.server.sockets[0], socket.socket)
        pair.server.close()
        self.assertEqual((), pair.server.sockets)

    @clause("W-INFO-04")
    async def test_the_transport_is_read_only_and_neither_half_a_context_manager(self):
        pair = await self.pair()
        with self.raises(AttributeError):
            pair.writer.transport = None
        for half in (pair.reader, pair.writer):
            self.assertFalse(any(hasattr(half, name) for name in ("__enter__", "__aenter__")))

    @clause("W-DEL-01", "P-15")
    async def test_a_writer_that_nobody_refers_to_is_closed_from_3_11_7_on(self):
        for what in ("writer", "reader"):
            with self.subTest(what), warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                (reader, writer), far = await self.to_raw_peer_unheld()
                transport = writer.transport
                if what == "writer":
                    del writer
                else:
                    del reader
                gc.collect()
                await turns()
                closes = what == "writer" and sys.version_info[:3] >= (3, 11, 7)
                self.assertEqual(closes, transport.is_closing())
                self.assertEqual(closes, any("unclosed <StreamWriter" in str(each.message) for each in caught))
                transport.abort()

    async def to_raw_peer_unheld(self):
        listener = self.raw_peer()
        near = await asyncio.open_connection(*listener.getsockname())
        far, _ = await asyncio.get_running_loop().sock_accept(listener)
        self.stack.callback(far.close)
        return near, far


class Protocols(ClauseTests):
    async def transport(self, protocol):
        listener = self.raw_peer()
        transport, _ = await asyncio.get_running_loop().create_connection(lambda: protocol, *listener.getsockname())
        far, _ = await asyncio.get_running_loop().sock_accept(listener)
        self.stack.callback(far.close)
        self.stack.callback(transport.abort)
        return transport, far

    @clause("P-01", "P-02")
    async def test_a_connection_is_made_once_and_the_handler_called_inside(self):
        called = []
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader, lambda *halves: called.append(halves))
        transport, _ = await self.transport(asyncio.Protocol())
        protocol.connection_made(transport)
        self.assertEqual(1, len(called))
        another = asyncio.StreamReader()
        second = asyncio.StreamReaderProtocol(another, None)
        second.connection_made(transport)
        with self.raises(AssertionError):
            second.connection_made(transport)

    @clause("P-03", "P-04")
    async def test_the_result_of_the_callback_decides_and_none_is_legal(self):
        ran = []

        async def work():
            ran.append(True)

        server = await self.serve(lambda reader, writer: work())
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        self.stack.callback(drop, writer)
        await until(lambda: ran)
        far = []
        future = asyncio.get_running_loop().create_future()
        server = await self.serve(lambda reader, writer: (far.append(writer), future)[1])
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        self.stack.callback(drop, writer)
        await until(lambda: far)
        future.set_exception(ArithmeticError())
        await asyncio.sleep(0.02)
        self.assertFalse(far[0].is_closing())
        future.exception()
        idle = await asyncio.get_running_loop().create_server(
            lambda: asyncio.StreamReaderProtocol(asyncio.StreamReader(), None), "127.0.0.1", 0)
        self.stack.callback(idle.close)
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(idle))
        self.stack.callback(drop, writer)
        with self.raises(asyncio.TimeoutError):
            await asyncio.wait_for(reader.read(), 0.05)

    async def outcome(self, handler):
        """What a client sees of a handler within a moment: the end, or nothing."""
        server = await self.serve(handler)
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        self.stack.callback(drop, writer)
        try:
            return await asyncio.wait_for(reader.read(), 0.2)
        except asyncio.TimeoutError:
            return "open"

    @clause("P-05", "DEV-27")
    async def test_a_plain_callback_that_raises_closes_nothing_while_its_writer_is_held(self):
        held = []

        def boom(reader, writer):
            held.append(writer)
            raise ArithmeticError

        self.assertEqual("open", await self.outcome(boom))
        self.stack.callback(drop, held[0])
        self.assertIsInstance(self.reports[0]["exception"], ArithmeticError)

    @clause("P-06", "DEV-27")
    async def test_a_coroutine_that_raises_closes_from_3_11_7_on(self):
        held = []

        async def boom(reader, writer):
            held.append(writer)
            raise ArithmeticError

        self.assertEqual(b"" if sys.version_info[:3] >= (3, 11, 7) else "open", await self.outcome(boom))
        self.stack.callback(drop, held[0])
        if sys.version_info[:3] >= (3, 11, 7):
            self.assertEqual("Unhandled exception in client_connected_cb", self.reports[0]["message"])

    @clause("P-07")
    async def test_a_coroutine_that_is_cancelled(self):
        held = []

        async def cancelled(reader, writer):
            held.append(writer)
            raise asyncio.CancelledError

        self.assertEqual(b"" if V >= (3, 13) else "open", await self.outcome(cancelled))
        self.stack.callback(drop, held[0])
        reported = sys.version_info[:3] >= (3, 11, 7) and V < (3, 13)
        self.assertEqual(reported, any(isinstance(report.get("exception"), asyncio.CancelledError) for report in self.reports))

    @clause("P-08", "DEV-26")
    async def test_a_handler_that_returns_does_nothing_and_3_13_closes_once_nobody_holds_the_writer(self):
        held = []

        async def keep(reader, writer):
            held.append(writer)

        async def forget(reader, writer):
            pass

        self.assertEqual("open", await self.outcome(keep))
        self.stack.callback(drop, held[0])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.assertEqual(b"" if V >= (3, 13) else "open", await self.outcome(forget))

    @clause("P-09")
    async def test_a_waiting_handler_is_not_collected(self):
        ended = []

        async def wait(reader, writer):
            ended.append(await reader.read())
            writer.close()

        server = await self.serve(wait)
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        await turns()
        gc.collect()
        writer.write_eof()
        await until(lambda: ended)
        writer.close()

    @clause("P-10", "P-11")
    async def test_bytes_go_to_the_reader_also_before_the_connection_is_made(self):
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        protocol.data_received(b"early")
        self.assertEqual(b"early", await reader.read(9))
        self.assertTrue(protocol.eof_received())
        with self.raises(AssertionError):
            protocol.data_received(b"late")
        unread = asyncio.StreamReaderProtocol(asyncio.StreamReader())
        gc.collect()
        unread.data_received(b"dropped")

    @clause("P-13")
    async def test_pausing_twice_is_an_assertion_failure(self):
        protocol = asyncio.StreamReaderProtocol(asyncio.StreamReader())
        with self.raises(AssertionError):
            protocol.resume_writing()
        protocol.pause_writing()
        with self.raises(AssertionError):
            protocol.pause_writing()

    @clause("P-14")
    async def test_the_protocol_holds_the_reader_weakly(self):
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        held = weakref.ref(reader)
        del reader
        gc.collect()
        self.assertIsNone(held())
        self.assertIsNotNone(protocol)

    @clause("P-16")
    async def test_an_error_that_nobody_waited_for_is_not_reported(self):
        (reader, writer), far = await self.to_raw_peer()
        reset(far)
        await until(writer.is_closing)
        del reader, writer
        self.stack.pop_all()
        gc.collect()
        await turns()
        self.assertEqual([], self.reports)

    @clause("P-17", "P-18")
    async def test_callbacks_come_in_order(self):
        protocol = Noting()
        _, far = await self.transport(protocol)
        far.sendall(b"data")
        await until(lambda: len(protocol.seen) == 2)
        far.close()
        await until(lambda: "lost None" in protocol.seen)
        self.assertEqual(["made", "data", "eof", "lost None"], protocol.seen)

    @clause("P-18")
    async def test_what_arrived_before_a_loss_is_received_first(self):
        protocol = Noting()
        _, far = await self.transport(protocol)
        far.sendall(b"data")
        await until(lambda: len(protocol.seen) == 2)
        reset(far)
        await until(lambda: len(protocol.seen) == 3)
        self.assertEqual(["made", "data", "lost ConnectionResetError"], protocol.seen)

    @clause("P-19")
    async def test_another_protocol_is_told_nothing_of_what_went_before(self):
        transport, far = await self.transport(asyncio.Protocol())
        other = Noting()
        transport.set_protocol(other)
        self.assertIs(other, transport.get_protocol())
        far.sendall(b"data")
        await until(lambda: other.seen)
        self.assertEqual(["data"], other.seen)

    @clause("P-20")
    async def test_writing_is_paused_within_the_write_and_not_resumed_when_lost(self):
        protocol = Noting()
        transport, far = await self.transport(protocol)
        transport.write(b"x" * 20_000_000)
        self.assertEqual(["made", "pause"], protocol.seen)
        transport.abort()
        await turns()
        self.assertEqual(["made", "pause", "lost None"], protocol.seen)

    @clause("P-21", "DEV-47")
    async def test_a_reset_waits_while_reading_is_paused_until_a_write_fails(self):
        protocol = Noting()
        transport, far = await self.transport(protocol)
        transport.pause_reading()
        transport.pause_reading()
        reset(far)
        await asyncio.sleep(0.05)
        self.assertEqual(["made"], protocol.seen)
        transport.write(b"x")
        await turns()
        self.assertTrue(protocol.seen[-1].startswith("lost "))

    @clause("P-22", "DEV-48")
    async def test_what_callbacks_raise(self):
        for name, ends in (("data_received", True), ("eof_received", True), ("connection_made", False), ("pause_writing", False)):
            with self.subTest(name):
                protocol = Noting()

                def boom(*_):
                    raise ArithmeticError

                setattr(protocol, name, boom)
                transport, far = await self.transport(protocol)
                if name == "pause_writing":
                    transport.write(b"x" * 20_000_000)
                else:
                    far.sendall(b"data")
                    far.shutdown(socket.SHUT_WR) if name == "eof_received" else None
                await asyncio.sleep(0.05)
                self.assertEqual(ends, "lost ArithmeticError" in protocol.seen)
                self.assertIsInstance(self.reports[-1]["exception"], ArithmeticError)
                transport.abort()


class Noting(asyncio.Protocol):
    def __init__(self):
        self.seen = []

    def connection_made(self, transport):
        self.seen.append("made")

    def data_received(self, data):
        self.seen.append("data")

    def eof_received(self):
        self.seen.append("eof")

    def pause_writing(self):
        self.seen.append("pause")

    def resume_writing(self):
        self.seen.append("resume")

    def connection_lost(self, error):
        self.seen.append(f"lost {None if error is None else type(error).__name__}")


class Connecting(ClauseTests):
    @clause("C-OPEN-01")
    async def test_an_address_or_a_socket(self):
        with self.raises(ValueError):
            await asyncio.open_connection()
        with socket.socket() as handed, self.raises(ValueError):
            await asyncio.open_connection("127.0.0.1", 1, sock=handed)

    @clause("C-OPEN-02", "DEV-29")
    async def test_a_socket_of_another_type_is_refused_and_one_not_connected_is_not_noticed(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
            with self.raises(ValueError):
                await asyncio.open_connection(sock=datagrams)
            self.assertNotEqual(-1, datagrams.fileno())
        _, writer = await asyncio.open_connection(sock=socket.socket())
        drop(writer)

    @clause("C-OPEN-03", "DEV-40")
    async def test_a_host_name_needs_tls_and_tls_a_host_name(self):
        with self.raises(ValueError, "server_hostname is only meaningful with ssl"):
            await asyncio.open_connection("127.0.0.1", 1, server_hostname="a")
        near, far = socket.socketpair()
        with near, far, self.raises(ValueError, "server_hostname"):
            await asyncio.open_connection(sock=near, ssl=True)
        server = await self.serve(lambda reader, writer: None, ssl=server_context())
        context = client_context()
        context.check_hostname = False
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(server), ssl=context, server_hostname="")
        drop(writer)

    @clause("C-OPEN-04")
    async def test_the_time_outs_of_tls(self):
        with self.raises(ValueError, "only meaningful with ssl"):
            await asyncio.open_connection("127.0.0.1", 1, ssl_handshake_timeout=1)
        server = await self.serve(lambda reader, writer: None)
        for wrong in (0, -1):
            with self.raises(ValueError, "should be a positive number"):
                await asyncio.open_connection("127.0.0.1", port_of(server), ssl=True, ssl_handshake_timeout=wrong)

    @clause("C-OPEN-05")
    async def test_the_socket_is_the_connections(self):
        listener = self.raw_peer()
        handed = socket.create_connection(listener.getsockname())
        handed.setblocking(False)
        _, writer = await asyncio.open_connection(sock=handed)
        writer.close()
        await writer.wait_closed()
        self.assertEqual(-1, handed.fileno())

    @clause("C-OPEN-07", "DEV-36")
    async def test_when_no_address_answers(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
            with self.raises(ConnectionRefusedError, r"Connect call failed \('127.0.0.1', \d+\)$"):
                await asyncio.open_connection("127.0.0.1", port)

    async def order(self, addresses, **options):
        """In which order addresses are tried, none of which answers, and how many at once."""
        loop, tried, at_once = asyncio.get_running_loop(), [], [0, 0]

        async def getaddrinfo(host, port, **_):
            return [(socket.AF_INET6 if ":" in text else socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port)) for text in addresses]

        async def sock_connect(sock, address):
            tried.append(address[0])
            at_once[0] += 1
            at_once[1] = max(at_once)
            await asyncio.sleep(0.01)
            at_once[0] -= 1
            raise OSError("no answer")

        loop.getaddrinfo, loop.sock_connect = getaddrinfo, sock_connect
        with self.raises(OSError, "no answer"):
            await asyncio.open_connection("name", 1, **options)
        return tried, at_once[1]

    @clause("C-OPEN-06", "C-OPEN-08", "C-OPEN-09")
    async def test_the_order_in_which_addresses_are_tried(self):
        addresses = ["::1", "::2", "::3", "1.0.0.1", "1.0.0.2"]
        self.assertEqual((addresses, 1), await self.order(addresses))
        self.assertEqual((addresses, 1), await self.order(addresses, interleave=0))
        turn_about = ["::1", "1.0.0.1", "::2", "1.0.0.2", "::3"]
        self.assertEqual((turn_about, 1), await self.order(addresses, interleave=1))
        self.assertEqual((["::1", "::2", "1.0.0.1", "::3", "1.0.0.2"], 1), await self.order(addresses, interleave=2))
        self.assertEqual((turn_about, 1), await self.order(addresses, happy_eyeballs_delay=5))
        self.assertEqual((turn_about, 5), await self.order(addresses, happy_eyeballs_delay=0))

    @clause("C-OPEN-10")
    async def test_the_local_address(self):
        listener = self.raw_peer()
        with self.raises(OSError, "error while attempting to bind on address"):
            await asyncio.open_connection(*listener.getsockname(), local_addr=("192.0.2.1", 0))
        with self.raises(OSError, "no matching local address with family=.* found"):
            await asyncio.open_connection(*listener.getsockname(), local_addr=("::1", 0))

    @clause("C-OPEN-12")
    async def test_there_is_no_time_out_for_connecting(self):
        with self.raises(TypeError):
            await asyncio.open_connection("127.0.0.1", 1, connect_timeout=1)


class Serving(ClauseTests):
    @clause("C-SRV-01", "DEV-31")
    async def test_a_server_needs_an_address_or_a_socket(self):
        with self.raises(ValueError):
            await asyncio.start_server(lambda reader, writer: None)
        with socket.socket() as handed, self.raises(ValueError):
            await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0, sock=handed)
        with self.raises(TypeError):
            await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0, ssl=True)

    @clause("C-SRV-02", "DEV-30", "R-CTOR-02")
    async def test_a_server_with_a_limit_of_0_starts_and_drops_every_connection(self):
        server = await self.serve(lambda reader, writer: None, limit=0)
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        self.stack.callback(drop, writer)
        try:
            self.assertEqual(b"", await reader.read())
        except ConnectionResetError:
            pass
        self.assertEqual([], self.reports)

    @clause("C-SRV-03")
    async def test_ipv6_sockets_are_for_ipv6_only(self):
        if not socket.has_ipv6:
            self.skipTest("no IPv6")
        try:
            server = await self.serve(lambda reader, writer: None, host="::")
        except OSError:
            self.skipTest("no IPv6")
        self.assertTrue(server.sockets[0].getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY))
        with self.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", port_of(server))

    @clause("C-SRV-04", "DEV-36")
    async def test_an_address_in_use(self):
        taken = self.raw_peer().getsockname()
        with self.raises(OSError, "error while attempting to bind on address") as caught:
            await self.serve(lambda reader, writer: None, host=taken[0], port=taken[1])
        self.assertEqual(V >= (3, 13), "[errno" in str(caught.exception).lower().split("address", 1)[1])

    @clause("C-SRV-05", "DEV-31")
    async def test_addresses_that_are_not_there(self):
        hosts = ["192.0.2.1", "127.0.0.1"]
        if V >= (3, 13):
            server = await self.serve(lambda reader, writer: None, host=hosts)
            self.assertEqual(1, len(server.sockets))
            with self.raises(OSError, "could not bind on any address"):
                await self.serve(lambda reader, writer: None, host="192.0.2.1")
            with self.raises(OSError):
                await self.serve(lambda reader, writer: None, host=[])
        else:
            with self.raises(OSError, "error while attempting to bind on address"):
                await self.serve(lambda reader, writer: None, host=hosts)
            self.assertEqual((), (await self.serve(lambda reader, writer: None, host=[])).sockets)

    @clause("C-SRV-06", "S-START-01", "S-MISC-01", "DEV-32")
    async def test_bound_first_and_served_later_and_not_after_the_close(self):
        server = await self.serve(lambda reader, writer: writer.close(), start_serving=False)
        self.assertFalse(server.is_serving())
        with self.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", port_of(server))
        await server.start_serving()
        await server.start_serving()
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
        drop(writer)
        server.close()
        self.assertFalse(server.is_serving())
        with self.raises(TypeError):
            await server.start_serving()
        self.assertTrue(server.is_serving())

    @clause("C-SRV-08")
    async def test_a_server_needs_no_reference(self):
        port = port_of(await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0))
        gc.collect()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        self.assertEqual(b"", await reader.read())
        drop(writer)

    @clause("C-MAX-01", "S-CLOSE-02")
    async def test_there_is_no_bound_and_no_deadline(self):
        for call in (asyncio.start_server, asyncio.get_running_loop().create_server):
            self.assertFalse([name for name in inspect.signature(call).parameters if "max" in name])
        self.assertEqual(["self"], list(inspect.signature(asyncio.Server.close).parameters))
        self.assertEqual(V >= (3, 13), hasattr(asyncio.Server, "abort_clients"))

    @clause("S-CLOSE-01")
    async def test_a_close_leaves_open_connections_alone(self):
        pair = await self.pair()
        address = ("127.0.0.1", port_of(pair.server))
        pair.server.close()
        pair.server.close()
        pair.writer.write(b"on")
        self.assertEqual(b"on", await pair.far_reader.readexactly(2))
        with self.raises(ConnectionRefusedError):
            await asyncio.open_connection(*address)

    @clause("S-WAIT-01", "S-WAIT-02", "S-CTX-01", "DEV-33")
    async def test_waiting_for_the_end_waits_for_clients_from_3_12_1_on(self):
        pair = await self.pair()
        pair.server.close()
        wait = asyncio.ensure_future(pair.server.wait_closed())
        await asyncio.wait([wait], timeout=0.1)
        self.assertEqual(V < (3, 12), wait.done())
        wait.cancel()
        leaving = asyncio.ensure_future(pair.server.__aexit__(None, None, None))
        await asyncio.wait([leaving], timeout=0.1)
        self.assertEqual(V < (3, 12), leaving.done())
        leaving.cancel()

    @clause("S-FOREVER-01")
    async def test_serving_for_ever_is_for_one(self):
        server = await self.serve(lambda reader, writer: None, start_serving=False)
        first = asyncio.ensure_future(server.serve_forever())
        await turns()
        self.assertTrue(server.is_serving())
        with self.raises(RuntimeError, "already being awaited"):
            await server.serve_forever()
        self.assertTrue(server.is_serving())
        self.assertFalse(first.done())
        first.cancel()
        await asyncio.wait([first])
        with self.raises(RuntimeError, "is closed"):
            await server.serve_forever()

    @clause("S-FOREVER-02", "DEV-34")
    async def test_a_close_cancels_it_and_cancelling_it_closes(self):
        for cancel in (True, False):
            server = await self.serve(lambda reader, writer: None)
            forever = asyncio.ensure_future(server.serve_forever())
            await turns()
            forever.cancel() if cancel else server.close()
            with self.raises(asyncio.CancelledError):
                await forever
            self.assertFalse(server.is_serving())

    @clause("S-CLIENTS-01")
    async def test_closing_the_clients_came_with_3_13(self):
        pair = await self.pair()
        self.assertEqual(V >= (3, 13), hasattr(pair.server, "close_clients"))
        if V >= (3, 13):
            pair.far_writer.write(b"last")
            pair.server.close_clients()
            self.assertEqual(b"last", await pair.reader.read())
            self.assertTrue(pair.server.is_serving())


class Unix_sockets(ClauseTests):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "s")

    async def serve_at(self, path, **options):
        server = await asyncio.start_unix_server(lambda reader, writer: writer.close(), path, **options)
        self.stack.callback(server.close)
        return server

    @clause("C-UNIX-01", "C-UNIX-03")
    async def test_a_path_or_a_socket(self):
        with self.raises(ValueError):
            await asyncio.open_unix_connection()
        with self.raises(ValueError):
            await self.serve_at(None)
        with socket.socket() as handed:
            with self.raises(ValueError):
                await asyncio.open_unix_connection(self.path, sock=handed)
            with self.raises(ValueError):
                await asyncio.open_unix_connection(sock=handed)
            with self.raises(ValueError):
                await self.serve_at(self.path, sock=handed)
        with self.raises(FileNotFoundError):
            await asyncio.open_unix_connection(self.path)

    @clause("C-UNIX-02", "DEV-40")
    async def test_tls_needs_a_name_that_may_be_empty(self):
        with self.raises(ValueError, "server_hostname"):
            await asyncio.open_unix_connection(self.path, ssl=client_context())
        await self.serve_at(self.path, ssl=server_context())
        context = client_context()
        context.check_hostname = False
        _, writer = await asyncio.open_unix_connection(self.path, ssl=context, server_hostname="")
        drop(writer)

    @clause("C-UNIX-04", "DEV-46")
    async def test_a_socket_file_is_replaced_even_under_a_live_server_and_any_other_file_is_in_use(self):
        await self.serve_at(self.path)
        await self.serve_at(self.path)
        other = pathlib.Path(self.folder.name, "file")
        other.write_text("")
        with self.raises(OSError, "is already in use"):
            await self.serve_at(str(other))

    @clause("C-UNIX-05")
    async def test_the_socket_file_is_removed_from_3_13_on(self):
        (await self.serve_at(self.path)).close()
        self.assertEqual(V < (3, 13), os.path.exists(self.path))
        if V >= (3, 13):
            (await self.serve_at(self.path, cleanup_socket=False)).close()
            self.assertTrue(os.path.exists(self.path))

    @clause("C-UNIX-06")
    async def test_an_empty_path_and_one_that_is_too_long(self):
        with self.raises(IndexError):
            await self.serve_at("")
        with self.raises(OSError) as caught:
            await asyncio.open_unix_connection("")
        self.assertEqual(22, caught.exception.errno)
        for call in (self.serve_at, asyncio.open_unix_connection):
            with self.raises(OSError, "too long") as caught:
                await call("/" + "x" * 200)
            self.assertIsNone(re.search(r"\d\d+", str(caught.exception)))

    @clause("C-UNIX-06")
    async def test_path_like_objects_and_abstract_names(self):
        for path in (pathlib.Path(self.path), f"\0deterministic-{os.getpid()}"):
            await self.serve_at(path)
            _, writer = await asyncio.open_unix_connection(path)
            drop(writer)

    @clause("W-INFO-01")
    async def test_addresses_are_strings(self):
        await self.serve_at(self.path)
        _, writer = await asyncio.open_unix_connection(self.path)
        self.assertEqual((self.path, ""), (writer.get_extra_info("peername"), writer.get_extra_info("sockname")))
        drop(writer)


class Reading(ClauseTests):
    @clause("R-CTOR-02", "R-CTOR-03")
    async def test_limits(self):
        with self.raises(ValueError, "Limit cannot be <= 0"):
            asyncio.StreamReader(0)
        with self.raises(TypeError):
            asyncio.StreamReader(None)

    @clause("R-CTOR-04")
    async def test_the_public_members_of_a_reader(self):
        self.assertEqual(
            "at_eof exception feed_data feed_eof read readexactly readline readuntil set_exception set_transport".split(),
            [name for name in dir(asyncio.StreamReader) if not name.startswith("_")])

    @clause("R-TRN-01")
    async def test_one_transport(self):
        reader = asyncio.StreamReader()
        reader.set_transport(object())
        with self.raises(AssertionError, "Transport already set"):
            reader.set_transport(object())

    @clause("R-FEED-05")
    async def test_a_transport_that_cannot_pause_is_forgotten(self):
        class CannotPause:
            def pause_reading(self):
                raise NotImplementedError

        reader = asyncio.StreamReader(limit=1)
        reader.set_transport(CannotPause())
        for _ in range(3):
            reader.feed_data(b"abc")
        self.assertEqual(b"abc" * 3, await reader.read(9))

    async def waiting(self, reader, read):
        wait = asyncio.ensure_future(read)
        await turns()
        self.assertFalse(wait.done())
        return wait

    @clause("R-EXC-05")
    async def test_an_error_between_the_data_and_the_task_is_not_looked_at(self):
        reader = asyncio.StreamReader()
        wait = await self.waiting(reader, reader.read(9))
        reader.feed_data(b"data")
        reader.set_exception(ArithmeticError())
        self.assertEqual(b"data", await wait)
        with self.raises(ArithmeticError):
            await reader.read(9)
        reader = asyncio.StreamReader()
        wait = await self.waiting(reader, reader.readexactly(9))
        reader.feed_data(b"data")
        reader.set_exception(ArithmeticError())
        await turns()
        self.assertFalse(wait.done())
        wait.cancel()

    @clause("R-CONC-03", "R-CONC-04")
    async def test_a_second_read_in_the_window_takes_the_bytes_or_waits_for_ever(self):
        reader = asyncio.StreamReader()
        wait = await self.waiting(reader, reader.read(9))
        reader.feed_data(b"data")
        self.assertEqual(b"data", await reader.read(9))
        self.assertEqual(b"", await wait)
        reader = asyncio.StreamReader()
        first = await self.waiting(reader, reader.read(9))
        reader.feed_data(b"data")
        # The first is woken and has not run: its place is free, and what registers now is erased when it runs.
        erased = reader.readexactly(9)
        woken = erased.send(None)
        self.assertIs(woken, reader._waiter)
        self.assertEqual(b"data", await first)
        reader.feed_data(b"more than enough")
        self.assertFalse(woken.done())
        erased.close()

    @clause("R-READ-05", "R-READ-07", "R-UNTIL-03", "R-UNTIL-15")
    async def test_types(self):
        reader = asyncio.StreamReader()
        reader.feed_data(b"a-b-c-d\n")
        self.assertIsInstance(await reader.readuntil(bytearray(b"-")), bytes)
        self.assertEqual(b"b-", await reader.readuntil(memoryview(b"-")))
        for wrong in (None, "1", 1.5):
            with self.raises(TypeError):
                await reader.read(wrong)
        with self.raises(TypeError):
            await reader.readuntil("-")
        if V < (3, 13):
            with self.raises(TypeError):
                await reader.readuntil((b"-",))
            with self.raises(ValueError):
                await reader.readuntil(())

    @clause("R-LINE-08")
    async def test_an_overlong_line_is_a_plain_value_error(self):
        reader = asyncio.StreamReader(limit=2)
        reader.feed_data(b"too long\n")
        with self.raises(ValueError) as caught:
            await reader.readline()
        self.assertEqual(ValueError, type(caught.exception))
        self.assertIsInstance(caught.exception.__context__, asyncio.LimitOverrunError)
        self.assertEqual(1, len(caught.exception.args))

    @clause("E-INC-01", "E-INC-02", "E-LIM-01", "E-ALL-01")
    async def test_the_exceptions(self):
        incomplete = asyncio.IncompleteReadError(b"abc", None)
        self.assertIsInstance(incomplete, EOFError)
        self.assertEqual("3 bytes read on a total of undefined expected bytes", str(incomplete))
        self.assertEqual("3 bytes read on a total of 9 expected bytes", str(asyncio.IncompleteReadError(b"abc", 9)))
        self.assertEqual(b"abc", pickle.loads(pickle.dumps(incomplete)).partial)
        overrun = asyncio.LimitOverrunError("text", 7)
        self.assertEqual(Exception, type(overrun).__base__)
        self.assertEqual(7, pickle.loads(pickle.dumps(overrun)).consumed)


def named():
    return sorted({name for kind in ClauseTests.__subclasses__() for test in vars(kind).values() for name in getattr(test, "clauses", ())})


if __name__ == "__main__":
    if "--list" in sys.argv[1:]:
        print("\n".join(named()))
    elif not (3, 10) <= V <= (3, 13) or platform.python_implementation() != "CPython":
        print(f"skipped: the clauses speak of CPython 3.10 to 3.13, and this is {platform.python_implementation()} {platform.python_version()}")
    else:
        unittest.main()
