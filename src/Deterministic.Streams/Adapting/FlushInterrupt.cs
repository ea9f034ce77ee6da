namespace Deterministic.Streams;

/// <summary>Ends the flush that waits, or else the next one: what <see cref="System.IO.Pipelines.PipeWriter.CancelPendingFlush"/> asks for. From any thread.</summary>
internal sealed class FlushInterrupt
{
    private readonly object _gate = new();
    private CancellationTokenSource? _waiting;
    private bool _requested;

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
    public void End()
    {
        lock (_gate)
        {
            _waiting!.Dispose();
            _waiting = null;
        }
    }
}
