namespace Deterministic.Faults.Decorating;

/// <summary>Which faults can be brought about above a network, where there are no packets and no kernels to reach into.</summary>
internal static class SupportedFaults
{
    /// <summary>Backlogs, windows and packets are the network's own; hosts and their clocks are beyond its reach altogether.</summary>
    public static bool Supports(FaultKind kind) =>
        kind is not (FaultKind.BacklogOverflow or FaultKind.Window or FaultKind.Loss)
        && FaultCatalog.Of(kind).Group != FaultGroup.Host;
}
