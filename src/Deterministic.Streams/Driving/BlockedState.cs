namespace Deterministic.Streams.Driving;

/// <summary>The state of a blocked thread. There is no way back.</summary>
internal enum BlockedState
{
    /// <summary>It waits, and runs what is posted to it.</summary>
    Blocked,

    /// <summary>What it waits for has ended.</summary>
    Ended,

    /// <summary>It waits no more, and takes no work.</summary>
    Left,
}
