using System.Net.Sockets;
using Deterministic.Sockets.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

public sealed class CloseTests : GuardedTest, IDisposable
{
    private readonly Pair _pair = Pair.Create();
    private readonly byte[] _buffer = new byte[16];

    public new void Dispose()
    {
        _pair.Dispose();
        base.Dispose();
    }

    [Fact]
    public void What_was_sent_reaches_the_peer_before_end_of_file()
    {
        long taken = _pair.FillKernel();
        _pair.Transport.Close();
        Loopback.ReadToEnd(_pair.Peer).LongLength.ShouldBe(taken);
    }

    [Fact]
    public async Task A_receive_in_flight_does_not_turn_a_close_into_a_reset()
    {
        _pair.Transport.Receive(_buffer).Status.ShouldBe(TransportStatus.Pending);
        long taken = _pair.FillKernel();
        _pair.Transport.Close();
        await _pair.Handler.Receives.ReadAsync(Guard);
        Loopback.ReadToEnd(_pair.Peer).LongLength.ShouldBe(taken);
    }

    [Fact]
    public void Bytes_that_nobody_read_do_not_turn_a_close_into_a_reset()
    {
        long taken = _pair.FillKernel();
        _pair.SendFromPeer(new byte[100_000]);
        _pair.Transport.Close();
        Loopback.ReadToEnd(_pair.Peer).LongLength.ShouldBe(taken);
    }

    [Fact]
    public void An_abort_sends_a_reset()
    {
        _pair.Transport.Abort();
        Should
            .Throw<SocketException>(() => _pair.Peer.Receive(_buffer))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    [Fact]
    public void An_abort_drops_what_the_peer_has_not_read()
    {
        long taken = _pair.FillKernel();
        _pair.Transport.Abort();
        Should
            .Throw<SocketException>(() => Loopback.ReadToEnd(_pair.Peer).LongLength.ShouldBe(taken))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    [Fact]
    public void An_abort_after_a_half_close_still_resets()
    {
        _pair.Transport.ShutdownWrite().Status.ShouldBe(TransportStatus.Completed);
        _pair.Peer.Receive(_buffer).ShouldBe(0);
        _pair.Transport.Abort();
        SpinWait
            .SpinUntil(() => TrySend() is SocketError.ConnectionReset or SocketError.Shutdown, TimeSpan.FromSeconds(30))
            .ShouldBeTrue();
    }

    [Clause("W-EOF-01")]
    [Fact]
    public void A_half_close_ends_our_half_only()
    {
        _pair.Transport.TrySend("last"u8).Count.ShouldBe(4);
        _pair.Transport.CanShutdownWrite.ShouldBeTrue();
        _pair.Transport.ShutdownWrite().Status.ShouldBe(TransportStatus.Completed);
        Loopback.ReadToEnd(_pair.Peer).Length.ShouldBe(4);
        _pair.SendFromPeer("reply"u8);
        _pair.Transport.Receive(_buffer).Count.ShouldBe(5);
    }

    [Fact]
    public void Closing_and_aborting_again_does_nothing()
    {
        _pair.Transport.Close().Status.ShouldBe(TransportStatus.Completed);
        _pair.Transport.Close().Status.ShouldBe(TransportStatus.Completed);
        _pair.Transport.Abort();
        _pair.Peer.Receive(_buffer).ShouldBe(0);
    }

    [Fact]
    public async Task Closing_a_connection_that_the_peer_reset_is_quiet()
    {
        _pair.Transport.Receive(_buffer);
        _pair.ResetFromPeer();
        await _pair.Handler.Receives.ReadAsync(Guard);
        _pair.Transport.Close().Status.ShouldBe(TransportStatus.Completed);
    }

    [Clause("W-INFO-01", "W-INFO-02")]
    [Fact]
    public void The_ends_stay_known_after_the_close()
    {
        _pair.Transport.Close();
        _pair.Transport.LocalEndPoint.ShouldBe(_pair.Peer.RemoteEndPoint);
        _pair.Transport.RemoteEndPoint.ShouldBe(_pair.Peer.LocalEndPoint);
        _pair.Transport.GetExtraInfo("socket").ShouldBeSameAs(_pair.Own);
        _pair.Transport.GetExtraInfo("peercert").ShouldBeNull();
    }

    [Fact]
    public async Task Closing_while_receives_and_sends_are_begun_reports_each_pending_one_exactly_once()
    {
        for (int round = 0; round < 200; round++)
        {
            using Pair pair = Pair.Create();
            bool receivePending = false;
            using Barrier barrier = new(2);
            Task closing = Task.Run(
                () =>
                {
                    barrier.SignalAndWait(Guard);
                    pair.Transport.Close();
                },
                Guard
            );
            barrier.SignalAndWait(Guard);
            receivePending = pair.Transport.Receive(_buffer).Status == TransportStatus.Pending;
            pair.Transport.TrySend(_buffer).Status.ShouldBeOneOf(TransportStatus.Completed, TransportStatus.Failed);
            await closing;
            if (receivePending)
            {
                (await pair.Handler.Receives.ReadAsync(Guard)).Status.ShouldBe(TransportStatus.EndOfFile);
            }

            pair.Handler.Receives.TryRead(out _).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Scheduled_work_does_not_run_on_the_callers_stack()
    {
        TaskCompletionSource<int> ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim returned = new();
        _pair.Transport.Schedule(
            state =>
            {
                returned.Wait(Guard);
                ran.SetResult((int)state!);
            },
            42
        );
        returned.Set();
        (await ran.Task.WaitAsync(Guard)).ShouldBe(42);
    }

    private SocketError TrySend()
    {
        _pair.Peer.Send(_buffer, SocketFlags.None, out SocketError error);
        return error;
    }

    /// <summary>A receive that is in flight is woken by another thread, and the close may be faster.</summary>
    [Clause("W-CLOSE-02")]
    [Fact]
    public void Bytes_for_which_a_receive_was_not_woken_yet_cost_the_peer_no_reset()
    {
        for (int round = 0; round < 300; round++)
        {
            (Socket own, Socket peer) = Loopback.ConnectedUnixSockets();
            using (peer)
            {
                SocketTransport transport = new(own, ConnectionOptions.Default, TimeProvider.System);
                RecordingHandler.Attach(transport);
                transport.Receive(new byte[16]).Status.ShouldBe(TransportStatus.Pending);
                peer.Send("unread"u8);
                transport.Close();
                peer.Receive(new byte[1]).ShouldBe(0);
            }
        }
    }
}
