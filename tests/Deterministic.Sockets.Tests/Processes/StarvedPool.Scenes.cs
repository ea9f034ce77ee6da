using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Transports;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <content>What is called while the pool is starved, and what the peer does.</content>
internal sealed partial class StarvedPool
{
    /// <summary>What each thread does on a connection, and what the peer does once all of them do.</summary>
    public static IReadOnlyDictionary<string, Scene> Scenes { get; } =
        new Dictionary<string, Scene>
        {
            ["read"] = new(static c => Expect(c.AsStream().ReadByte(), 'x'), SendOne),
            ["read what came before"] = new(static c => Expect(c.AsStream().ReadByte(), 'x'), SendOne)
            {
                PeerFirst = true,
            },
            ["read after asynchronous use"] = new(static c => Expect(c.AsStream().ReadByte(), 'x'), SendOne)
            {
                Prepare = static (connection, peer) =>
                {
                    peer.Write("line\n"u8);
                    Wait(connection.Reader.ReadLineAsync().AsTask());
                },
            },
            ["read more than one receive"] = new(
                static c => c.AsStream().ReadExactly(new byte[Large]),
                static (_, peer) => peer.Write(new byte[Large])
            ),
            ["copy"] = new(static c => c.AsStream().CopyTo(Stream.Null), static (_, peer) => Send(peer, end: true)),
            ["read until the peer resets"] = new(
                static c => ExpectError(() => c.AsStream().ReadByte(), ConnectionErrorKind.Reset),
                static (_, peer) => ((NetworkStream)peer).Socket.Close(timeout: 0)
            ),
            ["read until it times out"] = new(
                static c =>
                {
                    Stream stream = c.AsStream();
                    stream.ReadTimeout = 50;
                    ExpectError(() => stream.ReadByte(), ConnectionErrorKind.TimedOut);
                },
                static (_, _) => { }
            ),
            ["read until another thread closes"] = new(
                static c => Expect(c.AsStream().ReadByte(), -1),
                static (connection, _) => connection.Writer.Close()
            ),
            ["read until another thread aborts"] = new(
                static c => Expect(c.AsStream().ReadByte(), -1),
                static (connection, _) => connection.Abort()
            ),
            ["write"] = new(static c => c.AsStream().Write(new byte[Large]), ReadAll),
            ["write after asynchronous writes"] = new(
                static c =>
                {
                    c.Writer.Write(new byte[Large]);
                    c.AsStream().Write(new byte[Large]);
                },
                static (connection, peer) =>
                {
                    ReadAll(connection, peer);
                    ReadAll(connection, peer);
                }
            ),
            ["write until it times out"] = new(
                static c =>
                {
                    Stream stream = c.AsStream();
                    stream.WriteTimeout = 50;
                    ExpectError(() => stream.Write(new byte[Large]), ConnectionErrorKind.TimedOut);
                },
                static (_, _) => { }
            ),
            ["write and dispose"] = new(
                static c =>
                {
                    using Stream stream = c.AsStream();
                    stream.Write(new byte[100]);
                    stream.Flush();
                },
                static (_, peer) => peer.ReadExactly(new byte[100])
            ),
            ["read through a stream and pipes"] = new(
                static c =>
                {
                    Connection layer = Connection.FromStream(c.AsStream());
                    Expect(Connection.FromDuplexPipe(layer.AsDuplexPipe()).AsStream().ReadByte(), 'x');
                },
                SendOne
            ),
            ["write through a stream and pipes"] = new(
                static c =>
                {
                    Connection layer = Connection.FromStream(c.AsStream());
                    Connection.FromDuplexPipe(layer.AsDuplexPipe()).AsStream().Write(new byte[Large]);
                },
                ReadAll
            ),
            ["read and write at once"] = new(static c => Exchange(c.AsStream()), static (_, peer) => Exchange(peer)),
            ["TLS read and write at once"] = new(static c => Exchange(c.AsStream()), static (_, peer) => Exchange(peer))
            {
                Tls = true,
            },
            ["read and write at once through a stream"] = new(
                static c => Exchange(Connection.FromStream(c.AsStream()).AsStream()),
                static (_, peer) => Exchange(peer)
            ),
            ["read and write at once through pipes"] = new(
                static c => Exchange(Connection.FromDuplexPipe(c.AsDuplexPipe()).AsStream()),
                static (_, peer) => Exchange(peer)
            ),
            ["TLS read until another thread closes"] = new(
                static c => Expect(c.AsStream().ReadByte(), -1),
                static (connection, peer) =>
                {
                    connection.Writer.Close();
                    Expect(peer.ReadByte(), -1);
                    peer.Dispose();
                }
            )
            {
                Tls = true,
            },
            ["TLS read until another thread aborts"] = new(
                static c => Expect(c.AsStream().ReadByte(), -1),
                static (connection, _) => connection.Abort()
            )
            {
                Tls = true,
            },
            ["TLS read after another thread has ended its half"] = new(
                static c => Expect(c.AsStream().ReadByte(), 'x'),
                static (connection, peer) =>
                {
                    connection.Writer.WriteEof();
                    Expect(peer.ReadByte(), -1);
                    SendOne(connection, peer);
                }
            )
            {
                Tls = true,
            },
            ["TLS read"] = new(static c => Expect(c.AsStream().ReadByte(), 'x'), SendOne) { Tls = true },
            ["TLS write"] = new(static c => c.AsStream().Write(new byte[Large]), ReadAll) { Tls = true },
            ["TLS read, write and read"] = new(
                static c =>
                {
                    Stream stream = c.AsStream();
                    Expect(stream.ReadByte(), 'x');
                    stream.Write(new byte[Large]);
                    Expect(stream.ReadByte(), 'x');
                },
                static (connection, peer) =>
                {
                    SendOne(connection, peer);
                    ReadAll(connection, peer);
                    SendOne(connection, peer);
                }
            )
            {
                Tls = true,
            },
        };

    /// <param name="Call">What each thread of the pool does.</param>
    /// <param name="Peer">What the peer does once all of them are about to.</param>
    internal sealed record Scene(Action<Connection> Call, Action<Connection, Stream> Peer)
    {
        /// <summary>While the pool has threads to spare.</summary>
        public Action<Connection, Stream> Prepare { get; init; } = static (_, _) => { };

        public bool Tls { get; init; }

        /// <summary>Whether the peer acts when all threads are taken, but before they make the call.</summary>
        public bool PeerFirst { get; init; }
    }
}
