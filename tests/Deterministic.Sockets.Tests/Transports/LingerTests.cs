using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary><see cref="ConnectionOptions.Linger"/>. The peer's kernel acknowledges only what it has room for, so one that does not read keeps a close waiting.</summary>
public sealed class LingerTests : GuardedTest
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    /// <summary>So long that no test's ringing gets there, however slow the kernel is meanwhile.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1_000);

    private readonly ManualTime _time = new();

    [Clause("W-CLOSE-03")]
    [Fact]
    public async Task What_the_peer_has_acknowledged_is_not_waited_for()
    {
        using Pair pair = Create(Forever);
        pair.Transport.TrySend("last"u8).Count.ShouldBe(4);
        // On loopback, acknowledged is as good as sent; on a busy machine it can still take a moment.
        (await CloseAsync(pair)).Status.ShouldBe(TransportStatus.Completed);
        Loopback.ReadToEnd(pair.Peer).Length.ShouldBe(4);
        _time.Due.ShouldBeEmpty();
    }

    [Clause("W-CLOSE-03", "W-WAIT-01")]
    [Fact]
    public async Task A_close_is_pending_until_the_peers_side_has_everything()
    {
        using Pair pair = Create(Forever);
        long taken = pair.FillKernel();
        pair.Transport.Close().Status.ShouldBe(TransportStatus.Pending);
        _time.Ring();
        pair.Handler.Closes.Count.ShouldBe(0, "the peer has no room for it");

        Loopback.ReadToEnd(pair.Peer).LongLength.ShouldBe(taken);
        TransportResult result = await RingUntilClosedAsync(pair);
        result.Status.ShouldBe(TransportStatus.Completed);
        pair.Own.SafeHandle.IsClosed.ShouldBeTrue();
    }

    [Clause("W-WAIT-03")]
    [Fact]
    public void What_is_not_acknowledged_in_time_is_dropped_and_an_error()
    {
        using Pair pair = Create(Linger);
        long taken = pair.FillKernel();
        pair.Transport.Close().Status.ShouldBe(TransportStatus.Pending);
        TimeSpan waited = TimeSpan.Zero;
        while (pair.Handler.Closes.Count == 0)
        {
            waited += _time.Due.ShouldHaveSingleItem();
            _time.Ring();
        }

        waited.ShouldBe(Linger);
        pair.Handler.Closes.TryRead(out TransportResult result).ShouldBeTrue();
        ConnectionException error = result.Error.ShouldBeOfType<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        error.Message.ShouldContain("00:00:05");
        Should
            .Throw<SocketException>(() => Loopback.ReadToEnd(pair.Peer).LongLength.ShouldBe(taken))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    [Clause("W-WAIT-03")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_resets_meanwhile_is_a_reset(bool receiving)
    {
        using Pair pair = Create(Forever);
        pair.FillKernel();
        if (receiving)
        {
            // A receive in flight gets the reset first, and the kernel reports it only once.
            pair.Transport.Receive(new byte[1]).Status.ShouldBe(TransportStatus.Pending);
        }

        pair.Transport.Close().Status.ShouldBe(TransportStatus.Pending);
        pair.ResetFromPeer();
        TransportResult result = await RingUntilClosedAsync(pair);
        result.Error.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.Reset);
        if (receiving)
        {
            (await pair.Handler.Receives.ReadAsync(Guard)).Status.ShouldBe(TransportStatus.EndOfFile);
        }
    }

    [Clause("W-WAIT-03")]
    [Fact]
    public async Task What_a_peer_that_had_closed_did_not_take_is_a_broken_pipe()
    {
        using Pair pair = Create(Forever);
        pair.Peer.Dispose();
        pair.Transport.TrySend("lost"u8).Count.ShouldBe(4);
        TransportResult result = await CloseAsync(pair);
        result.Error.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.BrokenPipe);
    }

    /// <summary>There is no wire, but what was taken can be lost with the peer.</summary>
    [Clause("W-WAIT-03")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_peer_of_a_Unix_socket_has_not_read_at_its_close_is_a_reset(bool reads)
    {
        (Socket own, Socket peer) = Loopback.ConnectedUnixSockets();
        SocketTransport transport = new(own, new ConnectionOptions { Linger = Linger }, _time);
        RecordingHandler.Attach(transport);
        transport.TrySend("last"u8).Count.ShouldBe(4);
        if (reads)
        {
            peer.Receive(new byte[4]).ShouldBe(4);
        }

        peer.Dispose();
        TransportResult result = transport.Close();
        (result.Error as ConnectionException)?.Kind.ShouldBe(ConnectionErrorKind.Reset);
        result.Status.ShouldBe(reads ? TransportStatus.Completed : TransportStatus.Failed);
    }

    [Clause("W-ABORT-01")]
    [Fact]
    public async Task An_abort_ends_the_wait_with_a_reset()
    {
        using Pair pair = Create(Linger);
        pair.FillKernel();
        pair.Transport.Receive(new byte[1]).Status.ShouldBe(TransportStatus.Pending);
        pair.Transport.Close().Status.ShouldBe(TransportStatus.Pending);
        pair.Transport.Abort();
        _time.Due.ShouldBeEmpty();
        pair.Own.SafeHandle.IsClosed.ShouldBeTrue();
        (await pair.Handler.Closes.ReadAsync(Guard)).Status.ShouldBe(TransportStatus.Failed);
        (await pair.Handler.Receives.ReadAsync(Guard)).Status.ShouldBe(TransportStatus.EndOfFile);
        Should
            .Throw<SocketException>(() => Loopback.ReadToEnd(pair.Peer))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        pair.Transport.Abort();
        pair.Handler.Closes.TryRead(out _).ShouldBeFalse("it is reported once");
    }

    [Clause("W-ABORT-01")]
    [Fact]
    public async Task Of_a_close_and_an_abort_at_once_a_pending_close_is_told_exactly_once()
    {
        for (int round = 0; round < 100; round++)
        {
            using Pair pair = Create(Forever);
            pair.SendUntilRefused();
            using Barrier barrier = new(2);
            Task aborting = Task.Run(
                () =>
                {
                    barrier.SignalAndWait(Guard);
                    pair.Transport.Abort();
                },
                Guard
            );
            barrier.SignalAndWait(Guard);
            TransportResult result = pair.Transport.Close();
            await aborting;
            if (result.Status == TransportStatus.Pending)
            {
                await pair.Handler.Closes.ReadAsync(Guard);
            }

            pair.Handler.Closes.TryRead(out _).ShouldBeFalse();
            pair.Own.SafeHandle.IsClosed.ShouldBeTrue();
            _time.Due.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Bytes_that_nobody_read_do_not_turn_a_lingering_close_into_a_reset()
    {
        using Pair pair = Create(Forever);
        pair.Transport.TrySend("last"u8).Count.ShouldBe(4);
        pair.SendFromPeer(new byte[100]);
        (await CloseAsync(pair)).Status.ShouldBe(TransportStatus.Completed);
        Loopback.ReadToEnd(pair.Peer).Length.ShouldBe(4);
    }

    [Fact]
    public async Task Where_the_peer_ended_its_half_before_our_end_of_file_is_waited_for_too()
    {
        using Pair pair = Create(Forever);
        pair.Peer.Shutdown(SocketShutdown.Send);
        (await CloseAsync(pair)).Status.ShouldBe(TransportStatus.Completed);
        pair.Peer.Receive(new byte[1]).ShouldBe(0);
    }

    [Clause("W-CLOSE-03")]
    [Fact]
    public void Zero_drops_what_the_peer_has_not_acknowledged()
    {
        using Pair pair = Create(TimeSpan.Zero);
        long taken = pair.FillKernel();
        pair.Transport.Close().Status.ShouldBe(TransportStatus.Completed);
        Should
            .Throw<SocketException>(() => Loopback.ReadToEnd(pair.Peer).LongLength.ShouldBe(taken))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    [Clause("W-WAIT-01", "W-WAIT-03")]
    [Fact]
    public async Task A_wait_for_the_close_tells_how_it_ended()
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        using (peer)
        {
            Connection connection = new SocketNetwork(_time).OpenConnection(
                own,
                new ConnectionOptions { Linger = Linger }
            );
            // Few enough for the kernels to take, and too many for the peer's alone.
            int room = own.SendBufferSize / 2;
            peer.ReceiveBufferSize = 1;
            connection.Writer.Write(new byte[room]);
            connection.Writer.Close();
            Task closed = connection.Writer.WaitClosedAsync(Guard).AsTask();
            while (!closed.IsCompleted)
            {
                _time.Ring();
                await Task.Yield();
            }

            await closed.ShouldFailAsync(ConnectionErrorKind.TimedOut);
        }
    }

    [Clause("W-ABORT-01")]
    [Fact]
    public async Task An_abort_ends_the_wait_for_a_close_that_lingers()
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        using (peer)
        {
            ConnectionOptions options = new() { Linger = Forever };
            Connection connection = new SocketNetwork(_time).OpenConnection(own, options);
            peer.ReceiveBufferSize = 1;
            connection.Writer.Write(new byte[own.SendBufferSize / 2]);
            connection.Writer.Close();
            Task closed = connection.Writer.WaitClosedAsync(Guard).AsTask();
            closed.IsCompleted.ShouldBeFalse();
            connection.Abort();
            await closed;
            own.SafeHandle.IsClosed.ShouldBeTrue();
        }
    }

    private Pair Create(TimeSpan linger) => Pair.Create(new ConnectionOptions { Linger = linger }, _time);

    private async Task<TransportResult> CloseAsync(Pair pair)
    {
        TransportResult result = pair.Transport.Close();
        return result.Status == TransportStatus.Pending ? await RingUntilClosedAsync(pair) : result;
    }

    /// <summary>The time that passes here is not the kernel's, which works on meanwhile.</summary>
    private async Task<TransportResult> RingUntilClosedAsync(Pair pair)
    {
        TransportResult result;
        while (!pair.Handler.Closes.TryRead(out result))
        {
            Guard.ThrowIfCancellationRequested();
            _time.Ring();
            await Task.Yield();
        }

        return result;
    }
}
