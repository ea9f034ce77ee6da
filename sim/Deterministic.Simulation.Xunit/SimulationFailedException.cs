namespace Deterministic.Simulation.Xunit;

/// <summary>
/// A seed of a simulation test failed. The message is the complete report: what failed, where in the test, and when; the events up to it; and how to run it again. The test's exception is not an inner exception, since
/// test runners would print it a second time.
/// </summary>
public sealed class SimulationFailedException : Exception
{
    /// <summary>A failure without a message.</summary>
    public SimulationFailedException() { }

    /// <summary>A failure.</summary>
    /// <param name="message">What failed, and how to run it again.</param>
    public SimulationFailedException(string message)
        : base(message) { }

    /// <summary>A failure, and its cause.</summary>
    /// <param name="message">What failed, and how to run it again.</param>
    /// <param name="innerException">The test's exception, if any.</param>
    public SimulationFailedException(string message, Exception? innerException)
        : base(message, innerException) { }
}
