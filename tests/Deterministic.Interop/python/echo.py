"""CPython's asyncio at one end: an echo server, or a client that sends its input and prints what comes back.

    echo.py serve   ADDRESS [--tls CERTIFICATE KEY] [--starttls] [--expect N]
    echo.py connect ADDRESS [--tls CERTIFICATE] [--starttls] [--expect N]

ADDRESS is tcp:HOST:PORT or unix:PATH (a PATH that begins with @ is an abstract name). With --starttls the TLS begins after a dialogue of SMTP's kind.
With --expect, reading ends after N bytes: over TLS no half of a connection can be ended alone.
"""

import argparse
import asyncio
import ssl
import sys

PIECE = 64 * 1024


def unix_path(address):
    path = address.removeprefix("unix:")
    return "\0" + path[1:] if path.startswith("@") else path


async def drop_until(reader, start):
    while True:
        line = await reader.readline()
        if not line:
            raise SystemExit("the peer left in the middle of the dialogue")
        if line.startswith(start):
            return


async def greet(reader, writer, context):
    writer.write(b"220 cpython\r\n")
    await drop_until(reader, b"EHLO")
    writer.write(b"250-cpython\r\n250 STARTTLS\r\n")
    await drop_until(reader, b"STARTTLS")
    writer.write(b"220 go ahead\r\n")
    await writer.start_tls(context)


async def ask(reader, writer, context):
    await drop_until(reader, b"220 ")
    writer.write(b"EHLO cpython\r\n")
    await drop_until(reader, b"250 ")
    writer.write(b"STARTTLS\r\n")
    await drop_until(reader, b"220 ")
    await writer.start_tls(context, server_hostname="localhost")


async def serve(options):
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
    first = None if options.starttls else context

    async def echo(reader, writer):
        if options.starttls:
            await greet(reader, writer, context)
        done = 0
        while done != options.expect and (data := await reader.read(PIECE)):
            done += len(data)
            writer.write(data)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    if options.address.startswith("unix:"):
        server = await asyncio.start_unix_server(echo, unix_path(options.address), ssl=first)
        print("READY", flush=True)
    else:
        _, host, port = options.address.split(":")
        server = await asyncio.start_server(echo, host, int(port), ssl=first)
        print("READY", server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


async def connect(options):
    context = ssl.create_default_context(cafile=options.tls[0]) if options.tls else None
    how = {} if options.starttls or not context else {"ssl": context, "server_hostname": "localhost"}
    if options.address.startswith("unix:"):
        reader, writer = await asyncio.open_unix_connection(unix_path(options.address), **how)
    else:
        _, host, port = options.address.split(":")
        reader, writer = await asyncio.open_connection(host, int(port), **how)
    if options.starttls:
        await ask(reader, writer, context)

    async def send():
        while data := sys.stdin.buffer.read(PIECE):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()

    sending = asyncio.create_task(send())
    done = 0
    while done != options.expect and (data := await reader.read(PIECE)):
        done += len(data)
        sys.stdout.buffer.write(data)
    await sending
    sys.stdout.buffer.flush()
    writer.close()
    await writer.wait_closed()


parser = argparse.ArgumentParser()
parser.add_argument("role", choices=["serve", "connect"])
parser.add_argument("address")
parser.add_argument("--tls", nargs="+")
parser.add_argument("--starttls", action="store_true")
parser.add_argument("--expect", type=int)
arguments = parser.parse_args()
asyncio.run(serve(arguments) if arguments.role == "serve" else connect(arguments))
