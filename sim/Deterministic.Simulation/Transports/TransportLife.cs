namespace Deterministic.Simulation.Transports;

/// <summary>Whether a program still has its hold on an end of a connection. There is no way back.</summary>
internal enum TransportLife
{
    /// <summary>It has.</summary>
    Open,

    /// <summary>It has closed or reset it.</summary>
    Closed,

    /// <summary>Its host has crashed.</summary>
    Crashed,
}
