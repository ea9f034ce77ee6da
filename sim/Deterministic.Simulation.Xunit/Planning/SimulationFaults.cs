using Deterministic.Faults;
using Deterministic.Faults.Text;
using Xunit.Abstractions;

namespace Deterministic.Simulation.Xunit;

/// <summary>The fault profile of an attribute.</summary>
internal static class SimulationFaults
{
    /// <summary>The profile named by the attribute, with the attribute's rules.</summary>
    /// <exception cref="FormatException">There is no profile of that name, or a rule is not valid; the message completes "[Simulation] on 'method' ".</exception>
    public static FaultProfile Of(IAttributeInfo attribute)
    {
        string name = attribute.GetNamedArgument<string>(nameof(SimulationAttribute.Faults));
        FaultProfile profile =
            FaultProfiles.Find(name) ?? throw new FormatException($"names the unknown faults '{name}'{Known(name)}.");
        string[] rules = attribute.GetNamedArgument<string[]>(nameof(SimulationAttribute.Rules)) ?? [];
        return rules.Length == 0 ? profile : profile.With(rules.Select(Parse));
    }

    private static string Known(string given)
    {
        string all = string.Join(", ", FaultProfiles.All.Select(profile => $"'{profile.Name}'"));
        return KnownNames.Closest(given, FaultProfiles.All.Select(profile => profile.Name)) is { } closest
            ? $": did you mean '{closest}'? Known are {all}"
            : $"; known are {all}";
    }

    private static FaultRule Parse(string text)
    {
        try
        {
            return FaultRule.Parse(text);
        }
        catch (FormatException error)
        {
            throw new FormatException($"has the invalid rule '{text}': {error.Message}", error);
        }
    }
}
