namespace Deterministic.Simulation.Xunit;

/// <summary>
/// A seed of a simulation test failed. The message says all, once: what failed, where in the test, and when; the events up to it; and how to run it again. What the test threw is not inside, since
/// test runners would print it a second time.
/// </summary>
public sealed class SimulationFailedException : Exception
{
    /// <summary>A failure without particulars.</summary>
    public SimulationFailedException() { }

    /// <summary>A failure.</summary>
    /// <param name="message">What failed, and how to run it again.</param>
    public SimulationFailedException(string message)
        : base(message) { }

    /// <summary>A failure, and its cause.</summary>
    /// <param name="message">What failed, and how to run it again.</param>
    /// <param name="innerException">What the test threw, if it threw.</param>
    public SimulationFailedException(string message, Exception? innerException)
        : base(message, innerException) { }
}
