using Deterministic.Exploration;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>Looks up fault profiles by name, and parses the text of rules.</summary>
internal static class FaultNames
{
    /// <exception cref="UsageException">There is no profile of that name.</exception>
    public static FaultProfile Get(string name) =>
        FaultProfiles.Find(name)
        ?? throw new UsageException(
            Names.Unknown("fault profile", name, [.. FaultProfiles.All.Select(profile => profile.Name)])
        );

    /// <exception cref="UsageException">The text is not a rule.</exception>
    public static FaultRule Rule(string text)
    {
        string name = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        if (FaultCatalog.Find(name) is null)
        {
            throw new UsageException(Names.Unknown("fault", name, [.. FaultCatalog.All.Select(fault => fault.Name)]));
        }

        try
        {
            return FaultRule.Parse(text);
        }
        catch (FormatException error)
        {
            throw new UsageException($"--fault '{text}': {error.Message}");
        }
    }

    /// <summary>A rule for real sockets. Unlike the rules of a profile it is never left out.</summary>
    /// <exception cref="UsageException">The text is not a rule, or the rule is for the simulated network only.</exception>
    public static FaultRule RuleForSockets(string text)
    {
        FaultRule rule = Rule(text);
        return FaultyNetwork.Supports(rule.Kind)
            ? rule
            : throw new UsageException(
                $"--fault '{text}': {rule.Descriptor.Name} is for the simulated network only; it is not supported on real sockets."
            );
    }

    /// <summary>The profile of a tape.</summary>
    /// <exception cref="UsageException">The profile is unknown.</exception>
    public static FaultProfile Of(TapeHeader header)
    {
        try
        {
            return RunTape.FindFaults(header) ?? Get(header.Faults);
        }
        catch (FormatException error)
        {
            throw new UsageException($"the faults of the tape are unknown: {error.Message}");
        }
    }
}
