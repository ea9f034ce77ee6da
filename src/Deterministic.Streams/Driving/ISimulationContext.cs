namespace Deterministic.Streams.Driving;

/// <summary>
/// The <see cref="SynchronizationContext"/> of a simulator: everything must run on it, the library's own continuations included, and nothing may wait in real time. A connection made from a stream
/// or from pipes takes such a context and its time, and no other context: the thread of a user interface may block for a result without being needed for it.
/// </summary>
public interface ISimulationContext
{
    /// <summary>The simulated time.</summary>
    TimeProvider TimeProvider { get; }
}
