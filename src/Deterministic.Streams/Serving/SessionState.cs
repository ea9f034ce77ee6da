namespace Deterministic.Streams;

/// <summary>How an accepted connection stands with its server.</summary>
internal enum SessionState
{
    /// <summary>It came in over the bound; its handler starts when there is a place.</summary>
    Waiting,

    /// <summary>It has a place: its handler was started.</summary>
    Served,
}
