using Deterministic.Faults.Text;

namespace Deterministic.Simulation.Tool;

/// <summary>The message for an unknown name.</summary>
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
