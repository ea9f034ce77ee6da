using Deterministic.Faults.Text;

namespace Deterministic.Simulation.Tool;

/// <summary>What to say about a name that is not known.</summary>
internal static class Names
{
    public static string Unknown(string what, string given, IReadOnlyList<string> known)
    {
        string listed = $"Known: {string.Join(", ", known)}.";
        return KnownNames.Closest(given, known) is { } closest
            ? $"unknown {what} '{given}': did you mean '{closest}'? {listed}"
            : $"unknown {what} '{given}'. {listed}";
    }
}
