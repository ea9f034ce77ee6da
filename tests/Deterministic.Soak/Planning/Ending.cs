namespace Deterministic.Soak.Planning;

/// <summary>How a connection ends.</summary>
internal enum Ending
{
    /// <summary>Each side ends its half when it has sent all, and reads the other to its end.</summary>
    Orderly,

    /// <summary>The client resets it in the middle.</summary>
    ClientAborts,

    /// <summary>The server resets it in the middle.</summary>
    ServerAborts,

    /// <summary>The client closes it in the middle, with bytes unread and unsent.</summary>
    ClientCloses,

    /// <summary>The server closes it in the middle, with bytes unread and unsent.</summary>
    ServerCloses,
}
