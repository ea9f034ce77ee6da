using System.Globalization;

namespace Deterministic.Simulation.Xunit;

/// <summary>The commands that run a failed seed again.</summary>
internal static class RunAgain
{
    public static IEnumerable<string> Lines(SimulationPlan plan, ulong seed, string tape)
    {
        string number = seed.ToString(CultureInfo.InvariantCulture);
        string test = $"dotnet test --filter \"FullyQualifiedName={plan.Test}\"";
        yield return "Run it again:";
        yield return $"  bash        {SimulationSettings.SeedVariable}={number} {test}";
        yield return $"  PowerShell  $env:{SimulationSettings.SeedVariable}='{number}'; {test}; Remove-Item Env:{SimulationSettings.SeedVariable}";
        yield return $"  attribute   [Simulation({Arguments(plan, number)})]";
        yield return $"  its tape    {SimulationSettings.TapeVariable}={tape} instead of the seed";
    }

    private static string Arguments(SimulationPlan plan, string seed)
    {
        string arguments = $"FirstSeed = {seed}, Seeds = 1, Faults = {Literal(plan.Faults.Name)}";
        return plan.Rules.Count == 0
            ? arguments
            : $"{arguments}, Rules = [{string.Join(", ", plan.Rules.Select(Literal))}]";
    }

    private static string Literal(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
