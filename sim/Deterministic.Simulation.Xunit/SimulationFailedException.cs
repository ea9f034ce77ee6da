namespace Deterministic.Simulation.Xunit;

/// <summary>A seed of a simulation test failed. The message says which, how, and how to run it again; the test's own exception is inside.</summary>
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
