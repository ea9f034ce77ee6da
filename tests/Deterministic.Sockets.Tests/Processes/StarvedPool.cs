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
internal sealed partial class StarvedPool
{
    private const int Threads = 8;

    /// <summary>More than the buffers of both sockets hold.</summary>
    private const int Large = 16 * 1024 * 1024;

    /// <summary>Only matters where something is broken.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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
}
