using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Deterministic.Simulation.Errors;

/// <summary>
/// Keeps where in a run each exception was first thrown. By the time that a run has ended with one, the program has unwound: its connections are closed, and time may have passed.
/// </summary>
/// <param name="here">Where the run is now.</param>
internal sealed class ThrownExceptions(Func<FailurePoint> here)
{
    [ThreadStatic]
    private static ThrownExceptions? _current;

    private readonly ConditionalWeakTable<Exception, FailurePoint> _points = [];
    private readonly Func<FailurePoint> _here = here;

    // One handler for the process: each run has its own thread, and all of them would be called for each exception of any.
    static ThrownExceptions() => AppDomain.CurrentDomain.FirstChanceException += OnThrown;

    /// <summary>From here on this thread's exceptions are kept here; null for nowhere.</summary>
    /// <returns>Where they were kept until now.</returns>
    public static ThrownExceptions? Begin(ThrownExceptions? thrown)
    {
        ThrownExceptions? previous = _current;
        _current = thrown;
        return previous;
    }

    /// <summary>Where it was thrown; null if not in a run of this world.</summary>
    public FailurePoint? Find(Exception error) =>
        _points.TryGetValue(error, out FailurePoint? point) ? point
        : error is AggregateException or SimulatorException && error.InnerException is { } inner ? Find(inner)
        : null;

    private static void OnThrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (_current is { } current)
        {
            // Those that are thrown again, by an await, say, are there already.
            current._points.TryAdd(thrown.Exception, current._here());
        }
    }
}
