namespace Deterministic.Sockets.Serving;

/// <summary>The state of the spare descriptors.</summary>
internal enum ReservedState
{
    /// <summary>The process.</summary>
    Released,

    /// <summary>They are kept back.</summary>
    Held,

    /// <summary>They are released permanently.</summary>
    Disposed,
}
