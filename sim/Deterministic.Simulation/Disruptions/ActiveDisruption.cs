using Deterministic.Faults;

namespace Deterministic.Simulation.Disruptions;

/// <summary>A disruption that has begun and not ended yet.</summary>
/// <param name="fault">The name of the fault.</param>
/// <param name="disruption">Which.</param>
internal sealed class ActiveDisruption(string fault, Disruption disruption)
{
    public string Fault => fault;

    public Disruption Disruption => disruption;
}
