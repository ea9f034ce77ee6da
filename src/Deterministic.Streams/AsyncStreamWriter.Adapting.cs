using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams;

/// <content>What adapters need beyond the documented writes.</content>
public sealed partial class AsyncStreamWriter
{
    /// <summary>Whether a drain would wait or fail.</summary>
    internal bool MustDrain =>
        _engine.Inspect(static (ConnectionMachine machine) => machine.Drain()) != DrainStatus.Completed;

    /// <summary>The largest write that has room whenever a drain need not wait: see <see cref="ConnectionOptions.MaxUnsentBytes"/>.</summary>
    internal long RoomAfterDrain => _engine.RoomAfterDrain;

    /// <summary>Whether a write of so many bytes has room now. Always, on a connection that is closing: its writes are dropped.</summary>
    internal bool HasRoomFor(long count) => _engine.HasRoomFor(count);

    /// <summary>Asks for room for several writes that belong together, before the first of them.</summary>
    /// <exception cref="InvalidOperationException">There is no room: nothing has changed.</exception>
    internal void Admit(long count) => _engine.Admit(count);

    /// <summary>Drains, blocking the calling thread.</summary>
    /// <returns>False if time ran out.</returns>
    internal bool DrainBlocking(in RealTimeLimit limit) => _engine.DrainBlocking(limit);
}
