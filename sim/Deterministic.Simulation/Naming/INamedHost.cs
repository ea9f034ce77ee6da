using System.Net;

namespace Deterministic.Simulation.Naming;

/// <summary>A host, to those who look up its name.</summary>
internal interface INamedHost
{
    string Name { get; }

    /// <summary>What its name stands for.</summary>
    IPAddress Address { get; }
}
