using Deterministic.Streams.Engine;

namespace Deterministic.Streams.Protocols;

/// <summary>Whether a protocol receives, and the wait for that to change.</summary>
internal sealed class ReadingFlow
{
    private readonly object _gate = new();
    private readonly Action<Action<object?>, object?> _schedule;
    private readonly WaitQueue _waiting;
    private ReadingState _state;

    /// <param name="schedule">Runs what must not run on the caller's stack.</param>
    public ReadingFlow(Action<Action<object?>, object?> schedule)
    {
        _schedule = schedule;
        _waiting = new WaitQueue(_gate, schedule);
    }

    public bool IsFlowing
    {
        get
        {
            lock (_gate)
            {
                return _state == ReadingState.Flowing;
            }
        }
    }

    public void Pause() =>
        Move(whenFlowing: ReadingState.Paused, whenPaused: ReadingState.Paused, whenEnded: ReadingState.Dropped);

    public void Resume() =>
        Move(whenFlowing: ReadingState.Flowing, whenPaused: ReadingState.Flowing, whenEnded: ReadingState.Ended);

    /// <summary>The connection is gone.</summary>
    public void End() =>
        Move(whenFlowing: ReadingState.Ended, whenPaused: ReadingState.Dropped, whenEnded: ReadingState.Ended);

    /// <summary>Waits while reading is paused.</summary>
    /// <returns>Whether what has arrived is to be received; if not, nothing is any more.</returns>
    public async ValueTask<bool> MayReceiveAsync()
    {
        while (true)
        {
            ValueTask wait;
            lock (_gate)
            {
                if (_state != ReadingState.Paused)
                {
                    return _state != ReadingState.Dropped;
                }

                wait = _waiting.AddLockedAsync(default);
            }

            await wait.ConfigureAwait(false);
        }
    }

    private void Move(ReadingState whenFlowing, ReadingState whenPaused, ReadingState whenEnded)
    {
        WaitSource? ready = null;
        lock (_gate)
        {
            _state = _state switch
            {
                ReadingState.Flowing => whenFlowing,
                ReadingState.Paused => whenPaused,
                ReadingState.Ended => whenEnded,
                _ => _state,
            };
            if (_state != ReadingState.Paused)
            {
                _waiting.CompleteAllLocked(null, ref ready);
            }
        }

        if (ready is not null)
        {
            _schedule(static state => WaitQueue.SignalAll((WaitSource?)state), ready);
        }
    }
}
