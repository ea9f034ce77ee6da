using System.Net.Sockets;
using Deterministic.Sockets.Watching;

namespace Deterministic.Sockets.Tests;

public sealed class SocketWatchTests : GuardedTest
{
    private readonly Socket _socket;
    private readonly Socket _peer;
    private readonly SemaphoreSlim _fired = new(0);
    private readonly SocketWatch _watch;
    private SocketEvents _events;

    public SocketWatchTests()
    {
        (_socket, _peer) = Loopback.ConnectedSockets();
        _socket.Blocking = false;
        _watch = new SocketWatch(
            _socket,
            events =>
            {
                _events = events;
                _fired.Release();
            }
        );
    }

    [Fact]
    public async Task It_fires_once_each_time_it_is_asked_to_wait_also_for_what_is_true_already()
    {
        _peer.Send("x"u8);
        for (int i = 0; i < 3; i++)
        {
            _watch.TryWait(SocketEvents.Receive).ShouldBeTrue();
            await _fired.WaitAsync(Guard);
            _events.ShouldBe(SocketEvents.Receive);
        }

        _fired.CurrentCount.ShouldBe(0);
        _watch.TryWait(SocketEvents.Send).ShouldBeTrue();
        await _fired.WaitAsync(Guard);
        _events.ShouldBe(SocketEvents.Send);
    }

    [Fact]
    public async Task What_has_not_fired_goes_on_waiting()
    {
        _watch.TryWait(SocketEvents.Receive).ShouldBeTrue();
        _watch.TryWait(SocketEvents.Send).ShouldBeTrue();
        await _fired.WaitAsync(Guard);
        _events.ShouldBe(SocketEvents.Send);
        _peer.Send("x"u8);
        await _fired.WaitAsync(Guard);
        _events.ShouldBe(SocketEvents.Receive);
    }

    [Fact]
    public async Task A_reset_is_readiness_for_both()
    {
        _watch.TryWait(SocketEvents.Receive).ShouldBeTrue();
        _peer.Close(timeout: 0);
        await _fired.WaitAsync(Guard);
        _events.ShouldBe(SocketEvents.Receive | SocketEvents.Send);
    }

    [Fact]
    public void A_closed_socket_is_not_watched()
    {
        _watch.TryWait(SocketEvents.Receive).ShouldBeTrue();
        _socket.Dispose();
        _watch.TryWait(SocketEvents.Receive).ShouldBeFalse();
        _watch.Close();
        _watch.TryWait(SocketEvents.Receive).ShouldBeFalse();
        new SocketWatch(_socket, static _ => { }).TryWait(SocketEvents.Send).ShouldBeFalse();
    }
}
