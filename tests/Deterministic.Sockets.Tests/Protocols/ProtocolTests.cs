using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Protocols;
using Deterministic.Streams.Tests;

namespace Deterministic.Sockets.Tests;

/// <summary>Callbacks on real sockets, where they come from many threads.</summary>
public sealed class ProtocolTests : GuardedTest
{
    [Clause("P-17", "P-18", "P-20", "P-21")]
    [Fact]
    public async Task Every_byte_is_echoed_and_callbacks_never_meet_however_many_threads_bring_them()
    {
        const int Clients = 16;
        ConcurrentBag<OrderedProtocol> protocols = [];
        await using StreamServer server = await SocketNetwork.Default.StartProtocolServerAsync(
            () =>
            {
                EchoProtocol echo = new();
                protocols.Add(echo);
                return echo;
            },
            "127.0.0.1",
            options: new ServerOptions { WriteBufferLimits = WriteBufferLimits.Create(0) },
            cancellationToken: Guard
        );
        // Off the context of the test, so that callbacks come straight from the driver.
        await Task.WhenAll(Enumerable.Range(1, Clients).Select(number => Task.Run(() => AskAsync(number), Guard)));
        (await server.CloseAsync(TimeSpan.FromSeconds(30), Guard)).ShouldBe(0);
        server.LastFailure.ShouldBeNull();
        protocols.SelectMany(protocol => protocol.Violations).ShouldBeEmpty();
        protocols.Count.ShouldBe(2 * Clients);
        protocols.Sum(protocol => protocol.Pauses).ShouldBeGreaterThan(0, "or the watermarks were not tried");

        async Task AskAsync(int number)
        {
            byte[] payload = Segments.Bytes(number * 256 * 1024, number);
            (ProtocolTransport transport, AskingProtocol asking) = await SocketNetwork.Default.ConnectProtocolAsync(
                () => new AskingProtocol(payload, 1 + (number * 997), Narrow),
                server.Address(),
                new ClientOptions { WriteBufferLimits = WriteBufferLimits.Create(0) },
                Guard
            );
            protocols.Add(asking);
            (await asking.Answer.WaitAsync(Guard)).AsSpan().SequenceEqual(payload).ShouldBeTrue();
            await transport.Completion.WaitAsync(Guard);
        }
    }

    [Clause("P-20")]
    [Fact]
    public async Task Writers_on_other_threads_are_paused_and_resumed_in_strict_turns()
    {
        const int Writers = 4;
        const int Rounds = 400;
        byte[] piece = new byte[16 * 1024];
        await using StreamServer server = await SocketNetwork.Default.StartProtocolServerAsync(
            () => new EchoProtocol(),
            "127.0.0.1",
            cancellationToken: Guard
        );
        (ProtocolTransport transport, GatedProtocol gated) = await SocketNetwork.Default.ConnectProtocolAsync(
            () => new GatedProtocol((long)Writers * Rounds * piece.Length),
            server.Address(),
            cancellationToken: Guard
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(_ =>
                    Task.Run(
                        () =>
                        {
                            for (int round = 0; round < Rounds; round++)
                            {
                                gated.Gate.Wait(Guard);
                                transport.Write(piece);
                            }
                        },
                        Guard
                    )
                )
        );
        await gated.All.WaitAsync(Guard);
        transport.Close();
        await transport.Completion.WaitAsync(Guard);
        gated.Violations.ShouldBeEmpty();
        gated.Pauses.ShouldBeGreaterThan(0);
        gated.Error.ShouldBeNull();
    }

    [Clause("P-17")]
    [Fact]
    public async Task A_peers_reset_is_what_a_protocol_is_lost_with()
    {
        using Socket listener = Loopback.Listen();
        (ProtocolTransport transport, GatedProtocol protocol) = await SocketNetwork.Default.ConnectProtocolAsync(
            () => new GatedProtocol(1),
            listener.LocalEndPoint!,
            cancellationToken: Guard
        );
        transport.GetExtraInfo("socket").ShouldBeOfType<Socket>();
        Socket peer = await listener.AcceptAsync(Guard);
        peer.Close(timeout: 0);
        await transport.Completion.WaitAsync(Guard);
        protocol.Error.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.Reset);
        protocol.Violations.ShouldBeEmpty();
    }

    /// <summary>The kernel takes so little that writing has to wait, on any machine.</summary>
    private static void Narrow(ProtocolTransport transport) =>
        transport.GetExtraInfo("socket").ShouldBeOfType<Socket>().SendBufferSize = 4096;

    /// <summary>Lets writers on other threads through while it is not paused, and counts what comes back.</summary>
    private sealed class GatedProtocol(long expected) : OrderedProtocol
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _received;

        public ManualResetEventSlim Gate { get; } = new(initialState: true);

        public Task All => _all.Task;

        public Exception? Error { get; private set; }

        protected override void Made() => Narrow(Transport);

        protected override void Received(in ReadOnlySequence<byte> data)
        {
            _received += data.Length;
            if (_received == expected)
            {
                _all.SetResult();
            }
        }

        protected override void Paused() => Gate.Reset();

        protected override void Resumed() => Gate.Set();

        protected override void Lost(Exception? exception)
        {
            Error = exception;
            Gate.Set();
        }
    }
}
