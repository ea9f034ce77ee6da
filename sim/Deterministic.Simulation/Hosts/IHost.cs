using Deterministic.Simulation.Naming;
using Deterministic.Simulation.Programs;
using Deterministic.Simulation.Scheduling;
using Deterministic.Simulation.Tcp;
using Deterministic.Simulation.Unix;

namespace Deterministic.Simulation.Hosts;

/// <summary>A host as a whole, to the network that it is part of and to the faults that strike it.</summary>
internal interface IHost : ITcpHost, INamedHost
{
    new string Name { get; }

    new System.Net.IPAddress Address { get; }

    UnixSockets Unix { get; }

    HostClock Clock { get; }

    VirtualCpu Processor { get; }

    /// <summary>Whether it has a program of its own, which can be stopped.</summary>
    bool HasProgram { get; }

    /// <summary>One more each time that it comes up again, or that a program follows another.</summary>
    int Incarnation { get; }

    string ITcpHost.Name => Name;

    string INamedHost.Name => Name;

    System.Net.IPAddress ITcpHost.Address => Address;

    System.Net.IPAddress INamedHost.Address => Address;

    void Crash(CrashStyle style = CrashStyle.Silent);

    void Restart();

    void Pause();

    void Resume();
}
