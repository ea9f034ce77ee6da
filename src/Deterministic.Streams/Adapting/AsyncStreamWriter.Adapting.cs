using Deterministic.Core;

namespace Deterministic.Streams;

/// <content>What adapters need beyond the documented writes.</content>
public sealed partial class AsyncStreamWriter
{
    /// <summary>Whether a drain would wait or fail.</summary>
    internal bool MustDrain =>
        _engine.Inspect(static (ConnectionMachine machine) => machine.Drain()) != DrainStatus.Completed;

    /// <summary>Drains, blocking the calling thread.</summary>
    /// <returns>False if time ran out.</returns>
    internal bool DrainBlocking(in RealTimeLimit limit) => _engine.DrainBlocking(limit);
}
