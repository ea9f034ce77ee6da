namespace Deterministic.Streams;

/// <summary>
/// Marks the <see cref="SynchronizationContext"/> of a simulator: everything must run on it, the library's own continuations included. A connection made from a stream or from pipes takes such a context,
/// and no other: the thread of a user interface may block for a result without being needed for it.
/// </summary>
#pragma warning disable CA1040 // A marker is what is needed: the members are those of the context.
public interface ISimulationContext;
#pragma warning restore CA1040
