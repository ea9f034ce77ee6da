using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Engine;

/// <summary>One awaited wait of a <see cref="WaitQueue"/>; reused once its awaiter has picked up the result.</summary>
internal sealed class WaitSource(WaitQueue list) : IValueTaskSource, IStreamWait
{
    private ManualResetValueTaskSourceCore<bool> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private Exception? _error;

    public short Version => _core.Version;

    public string Reason => list.Reason;

    public Transport? Transport => list.Transport;

    public bool LastsForever => list.LastsForever;

    /// <summary>The next in whatever chain this one is in: free, or ready to be signalled.</summary>
    public WaitSource? Next { get; set; }

    public void Begin(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static state => ((WaitSource)state!).OnCancelled(), this);
        }
    }

    public void Complete(Exception? error) => _error = error;

    /// <summary>Continues the awaiter, on this stack if it captured no context. No lock may be held.</summary>
    public void Signal()
    {
        if (_error is null)
        {
            _core.SetResult(true);
        }
        else
        {
            _core.SetException(_error);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _core.OnCompleted(continuation, state, token, flags);

    public void GetResult(short token)
    {
        // Checks the token too, before anything is touched that may serve another wait by now.
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("This wait is not over: await it.");
        }

        // Outside the lock: disposing waits for a cancellation callback that may be waiting for the lock.
        _registration.Dispose();
        Exception? error = _error;
        _registration = default;
        _cancellationToken = default;
        _error = null;
        _core.Reset();
        list.Recycle(this);
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    private void OnCancelled() => list.Cancel(this, _cancellationToken);
}
