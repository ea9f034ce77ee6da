namespace Deterministic.Simulation.Tcp;

/// <summary>How far the end of our half has got.</summary>
internal enum FinState
{
    /// <summary>More may be written.</summary>
    None,

    /// <summary>Behind all that is buffered, to be sent.</summary>
    Queued,

    /// <summary>Sent.</summary>
    Sent,

    /// <summary>The peer knows.</summary>
    Acknowledged,
}
