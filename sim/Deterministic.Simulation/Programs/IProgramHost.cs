using Deterministic.Core;

namespace Deterministic.Simulation.Programs;

/// <summary>A host, to the programs that run on it and the sockets that they hold.</summary>
internal interface IProgramHost
{
    string Name { get; }

    HostState State { get; }

    /// <summary>Virtual time, as the clock of the host has it.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>How its sockets are set that are made from now on.</summary>
    TcpOptions TcpOptions { get; }

    /// <summary>The program whose code runs now, or the scenario's own code on this host.</summary>
    ProgramScope ScopeHere { get; }

    /// <summary>What operations fail with that a crash of the host has ended.</summary>
    ConnectionException HasCrashed();

    /// <summary>The program has thrown: the run ends.</summary>
    void ProgramFailed(Exception error);
}
