namespace Deterministic.Streams.Protocols;

/// <summary>Whether a callback is under way.</summary>
internal enum ExecutorState
{
    /// <summary>None is.</summary>
    Free,

    /// <summary>Somebody has the next turn, and has not begun it.</summary>
    Reserved,

    /// <summary>One is, on the thread that entered.</summary>
    Held,
}
