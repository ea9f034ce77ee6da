using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Transports;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>
/// Blocking calls on every thread that the pool may ever have, in a process of its own: no completion that needs one of them comes. Says <c>done</c>, or <c>stuck</c> after a while.
/// Peers are plain sockets on threads of their own.
/// </summary>
internal sealed class StarvedPool
{
    private const int Threads = 8;

    /// <summary>More than the buffers of both sockets hold.</summary>
    private const int Large = 16 * 1024 * 1024;

    /// <summary>Only matters where something is broken.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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

    public static void Run(string name)
    {
        Scene scene = Scenes[name];
        (Connection Connection, Stream Peer)[] pairs =
        [
            .. Enumerable.Range(0, Threads).Select(_ => Connect(scene.Tls)),
        ];
        foreach ((Connection connection, Stream peer) in pairs)
        {
            scene.Prepare(connection, peer);
        }

        ThreadPool.SetMinThreads(Threads, Threads);
        ThreadPool.SetMaxThreads(Threads, Threads);
        using CountdownEvent started = new(Threads);
        using CountdownEvent ended = new(Threads);
        using ManualResetEventSlim go = new(!scene.PeerFirst);
        foreach ((Connection connection, Stream _) in pairs)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    started.Signal();
                    go.Wait();
                    scene.Call(connection);
                    ended.Signal();
                    // The thread is not given back: the others must end without it.
                    Thread.Sleep(Timeout.Infinite);
                },
                null
            );
        }

        started.Wait();
        // Each on a thread of its own, because a peer may block until its connection goes on.
        Thread[] peers =
        [
            .. pairs.Select(pair => new Thread(() => scene.Peer(pair.Connection, pair.Peer)) { IsBackground = true }),
        ];
        Array.ForEach(peers, static thread => thread.Start());
        if (scene.PeerFirst)
        {
            Array.ForEach(peers, static thread => thread.Join());
            go.Set();
        }

        Console.WriteLine(
            ended.Wait(Patience) ? $"done {name}" : $"stuck {name}: {ended.CurrentCount} of {Threads} threads"
        );
        // A socket that is collected resets its connection.
        GC.KeepAlive(pairs);
        Environment.Exit(0);
    }

    private static (Connection Connection, Stream Peer) Connect(bool tls)
    {
        (Socket own, Socket other) = Loopback.ConnectedSockets();
        Connection connection = Connection.Attach(
            new SocketTransport(own, ConnectionOptions.Default, TimeProvider.System)
        );
        Stream peer = new NetworkStream(other, ownsSocket: true);
        if (!tls)
        {
            return (connection, peer);
        }

        Task securing = connection.StartTlsAsync(
            new TlsServerOptions(new SslServerAuthenticationOptions { ServerCertificate = Certificates.Server })
            {
                AllowHalfClose = true,
            }
        );
        SslStream secured = new(peer, leaveInnerStreamOpen: false, static (_, shown, _, _) => shown is not null);
        secured.AuthenticateAsClient(Certificates.ServerName);
        Wait(securing);
        return (connection, secured);
    }

    private static void SendOne(Connection connection, Stream peer) => Send(peer, end: false);

    private static void Send(Stream peer, bool end)
    {
        peer.Write("x"u8);
        if (end)
        {
            peer.Dispose();
        }
    }

    private static void ReadAll(Connection connection, Stream peer) => peer.ReadExactly(new byte[Large]);

    /// <summary>Two threads block on one connection.</summary>
    private static void Exchange(Stream stream)
    {
        Thread writing = new(() => stream.Write(new byte[Large])) { IsBackground = true };
        writing.Start();
        stream.ReadExactly(new byte[Large]);
        writing.Join();
    }

    /// <summary>While the pool still has threads to spare.</summary>
    private static void Wait(Task task)
    {
#pragma warning disable VSTHRD002 // It has threads to spare.
        if (!task.Wait(Patience))
#pragma warning restore VSTHRD002
        {
            throw new TimeoutException("What prepares the test does not end.");
        }
    }

    private static void Expect(int actual, int expected)
    {
        if (actual != expected)
        {
            throw new InvalidOperationException($"Read {actual} and not {expected}.");
        }
    }

    private static void ExpectError(Action call, ConnectionErrorKind kind)
    {
        try
        {
            call();
        }
        catch (ConnectionException error) when (error.Kind == kind)
        {
            return;
        }

        throw new InvalidOperationException($"The call did not fail with {kind}.");
    }

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
