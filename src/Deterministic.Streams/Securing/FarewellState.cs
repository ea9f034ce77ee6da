namespace Deterministic.Streams;

/// <summary>How far our close_notify has got.</summary>
internal enum FarewellState
{
    /// <summary>Not sent.</summary>
    Unsaid,

    /// <summary>The network has not taken it yet.</summary>
    Saying,

    /// <summary>The network took it, or it failed.</summary>
    Said,
}
