namespace Deterministic.Simulation.Tcp;

/// <summary>Whose an end of a connection is.</summary>
internal enum TcpOwnership
{
    /// <summary>The kernel's: nobody has accepted it yet.</summary>
    Waiting,

    /// <summary>A program's.</summary>
    Held,

    /// <summary>The kernel's again: the program has closed it.</summary>
    Orphaned,
}
