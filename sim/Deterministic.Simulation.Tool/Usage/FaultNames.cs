namespace Deterministic.Simulation.Tool;

/// <summary>The fault profiles that can be asked for, by name.</summary>
internal static class FaultNames
{
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static FaultProfile Get(string name) =>
        FaultProfiles.Find(name)
        ?? throw new UsageException(
            Names.Unknown("fault profile", name, [.. FaultProfiles.All.Select(profile => profile.Name)])
        );
}
