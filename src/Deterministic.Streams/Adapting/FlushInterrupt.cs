namespace Deterministic.Streams.Adapting;

/// <summary>Ends the flush that waits, or else the next one: what <see cref="System.IO.Pipelines.PipeWriter.CancelPendingFlush"/> asks for. From any thread.</summary>
internal sealed class FlushInterrupt
{
    private readonly object _gate = new();
    private CancellationTokenSource? _waiting;
    private bool _requested;
    private bool _interrupted;

    public void Request()
    {
        lock (_gate)
        {
            if (_waiting is null)
            {
                _requested = true;
                return;
            }

            // Under the lock, so that it cannot be disposed of first. What this calls back only schedules.
            _interrupted = true;
            _waiting.Cancel();
        }
    }

    /// <summary>Whether an interrupt came while no flush waited; it is used up.</summary>
    public bool TakeRequest()
    {
        lock (_gate)
        {
            bool requested = _requested;
            _requested = false;
            return requested;
        }
    }

    /// <summary>A flush waits from here on. Null if it was interrupted already.</summary>
    public CancellationTokenSource? TryBegin(CancellationToken cancellationToken)
    {
        CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_gate)
        {
            if (!_requested)
            {
                _waiting = source;
                return source;
            }

            _requested = false;
        }

        source.Dispose();
        return null;
    }

    /// <summary>It waits no longer.</summary>
    /// <returns>Whether it was interrupted, be it that it had ended meanwhile: an interrupt that came during the wait is for this flush.</returns>
    public bool End()
    {
        lock (_gate)
        {
            bool interrupted = _interrupted;
            _interrupted = false;
            _waiting!.Dispose();
            _waiting = null;
            return interrupted;
        }
    }
}
