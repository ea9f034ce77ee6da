namespace Deterministic.Simulation;

/// <summary>
/// Something left the simulation: work went to another thread, or another thread came in, or the simulator's own was to block. What happens elsewhere, and when, is not up to the tape, so the run could
/// not be repeated: it stops. The message names the call and the remedy.
/// </summary>
public sealed class SimulationEscapeException : InvalidOperationException
{
    /// <summary>An escape without particulars.</summary>
    public SimulationEscapeException() { }

    /// <summary>An escape.</summary>
    /// <param name="message">The call and the remedy.</param>
    public SimulationEscapeException(string message)
        : base(message) { }

    /// <summary>An escape, and its cause.</summary>
    /// <param name="message">The call and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public SimulationEscapeException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>An escape of a certain kind.</summary>
    /// <param name="cause">In which way it left.</param>
    /// <param name="message">The call and the remedy.</param>
    public SimulationEscapeException(EscapeCause cause, string message)
        : base(message) => Cause = cause;

    /// <summary>In which way it left.</summary>
    public EscapeCause Cause { get; }
}
