namespace Deterministic.Sockets.Serving;

/// <summary>Whether a loop of accepts runs. The transitions are those of <see cref="AcceptPause"/>.</summary>
internal enum AcceptFlow
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>It stops at the next place where it can.</summary>
    Pausing,

    /// <summary>It is stopped; the thread that resumes it has to start it.</summary>
    Paused,
}
