namespace Deterministic.Contract;

/// <summary>A scheduled callback, which must not run on the stack of the one who scheduled it.</summary>
internal sealed class WatchedCallback
{
    private readonly Action<object?> _callback;
    private readonly object? _state;
    private readonly Findings _findings;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _scheduled;

    private WatchedCallback(Action<object?> callback, object? state, Findings findings)
    {
        _callback = callback;
        _state = state;
        _findings = findings;
    }

    public static void Run(
        Action<Action<object?>, object?> schedule,
        Action<object?> callback,
        object? state,
        Findings findings
    )
    {
        WatchedCallback watched = new(callback, state, findings);
        schedule(static watched => ((WatchedCallback)watched!).Invoke(), watched);
        watched._scheduled = true;
    }

    private void Invoke()
    {
        if (!_scheduled && Environment.CurrentManagedThreadId == _thread)
        {
            _findings.Violation("A scheduled callback ran on the stack of the one who scheduled it.");
        }

        _callback(_state);
    }
}
