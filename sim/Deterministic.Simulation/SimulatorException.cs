namespace Deterministic.Simulation;

/// <summary>
/// The simulator itself has failed, and not the program that ran in it: please report it, with the seed. The run has stopped, and says nothing about the program. What was thrown is inside.
/// </summary>
public sealed class SimulatorException : Exception
{
    /// <summary>An error without particulars.</summary>
    public SimulatorException() { }

    /// <summary>An error.</summary>
    /// <param name="message">What failed, and where.</param>
    public SimulatorException(string message)
        : base(message) { }

    /// <summary>An error, and what was thrown.</summary>
    /// <param name="message">What failed, and where.</param>
    /// <param name="innerException">What was thrown.</param>
    public SimulatorException(string message, Exception innerException)
        : base(message, innerException) { }
}
