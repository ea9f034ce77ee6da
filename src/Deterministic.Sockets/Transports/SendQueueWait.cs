using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Transports;

/// <summary>A close that waits until the peer's kernel has acknowledged everything, our end of file included. <see cref="ConnectionOptions.Linger"/>.</summary>
/// <remarks>
/// The system's own way (SO_LINGER) blocks a thread in <c>close</c> and does not report whether all arrived. So the kernel is polled, at once and then in intervals that
/// grow: an answer that takes a network's round trip is seen not much later than it comes, and one that takes long costs little. No thread waits.
/// </remarks>
/// <param name="socket">Its sending half is ended before the begin.</param>
/// <param name="linger">For how long at most.</param>
/// <param name="time">Measures it.</param>
/// <param name="over">Gets the result, unless <see cref="Begin"/> returned it or the wait was cut. It closes the socket.</param>
#pragma warning disable CA1001 // Ending is how it is disposed of.
internal sealed class SendQueueWait(
    SendQueueProbe socket,
    TimeSpan linger,
    TimeProvider time,
    Action<TransportResult> over
)
#pragma warning restore CA1001
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private LingerState _state;
    private TimeSpan _waited;
    private TimeSpan _interval = FirstInterval;

    /// <summary>Asks once, and begins to wait if that was too early.</summary>
    /// <returns>How it ended, or pending; pending also if it was cut before.</returns>
    public TransportResult Begin()
    {
        lock (_gate)
        {
            TransportResult? result = _state == LingerState.Over ? null : TryEndOrWaitLocked();
            return result ?? TransportResult.Pending;
        }
    }

    /// <summary>Waits no longer.</summary>
    /// <returns>Whether it was still waiting: then no result is reported, and the caller closes the socket.</returns>
    public bool TryCut()
    {
        lock (_gate)
        {
            bool waiting = _state == LingerState.Waiting;
            EndLocked();
            return waiting;
        }
    }

    private void Ask()
    {
        TransportResult? result;
        lock (_gate)
        {
            if (_state == LingerState.Over)
            {
                return;
            }

            _waited += _interval;
            _interval = Least(_interval * 2, LongestInterval);
            result = TryEndOrWaitLocked();
        }

        if (result is not null)
        {
            over(result.Value);
        }
    }

    /// <returns>How it ended, or null if it waits on.</returns>
    private TransportResult? TryEndOrWaitLocked()
    {
        TransportResult? result = socket.TryGetEnd() ?? (_waited < linger ? null : TransportResult.Failed(NotInTime()));
        if (result is not null)
        {
            EndLocked();
            return result;
        }

        _interval = Least(_interval, linger - _waited);
        _timer ??= time.CreateTimer(
            static close => ((SendQueueWait)close!).Ask(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _timer.Change(_interval, Timeout.InfiniteTimeSpan);
        return null;
    }

    private void EndLocked()
    {
        _state = LingerState.Over;
        _timer?.Dispose();
    }

    private ConnectionException NotInTime() =>
        new(
            ConnectionErrorKind.TimedOut,
            $"The peer has not acknowledged everything within the {linger:c} that the close may linger; what is left is dropped."
        );

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
