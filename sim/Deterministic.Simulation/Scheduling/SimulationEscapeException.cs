namespace Deterministic.Simulation;

/// <summary>
/// Something of the simulation was called from a foreign thread. What such a thread does when is not up to the tape, so the run could
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
}
