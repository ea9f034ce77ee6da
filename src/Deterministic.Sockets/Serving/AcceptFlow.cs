namespace Deterministic.Sockets.Serving;

/// <summary>Whether a loop of accepts goes on. The transitions are those of <see cref="AcceptPause"/>.</summary>
internal enum AcceptFlow
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It stops at the next place where it can.</summary>
    Pausing,

    /// <summary>It stands still; whoever lets it go on has to start it.</summary>
    Paused,
}
