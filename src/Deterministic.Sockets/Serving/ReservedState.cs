namespace Deterministic.Sockets.Serving;

/// <summary>Who has the spare descriptors.</summary>
internal enum ReservedState
{
    /// <summary>The process.</summary>
    Released,

    /// <summary>They are kept back.</summary>
    Held,

    /// <summary>The process, for good.</summary>
    Disposed,
}
