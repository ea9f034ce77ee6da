namespace Deterministic.Simulation.Tcp;

/// <summary>Who owns an endpoint of a connection.</summary>
internal enum TcpOwnership
{
    /// <summary>The kernel: it was not accepted yet.</summary>
    Waiting,

    /// <summary>A program's.</summary>
    Held,

    /// <summary>The kernel's again: the program has closed it.</summary>
    Orphaned,
}
