namespace Deterministic.Streams.Protocols;

/// <summary>Whether a callback is under way.</summary>
internal enum ExecutorState
{
    /// <summary>None is.</summary>
    Free,

    /// <summary>The next turn is given out and has not begun.</summary>
    Reserved,

    /// <summary>One is, on the thread that entered.</summary>
    Held,
}
