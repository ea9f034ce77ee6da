using System.Diagnostics;

namespace Deterministic.Contract.Tests;

/// <summary>What became of the cases on one arm.</summary>
/// <param name="Arm">Which.</param>
/// <param name="Results">One for each case, in the order of the rows.</param>
/// <param name="Elapsed">How long they took together.</param>
internal sealed record Column(Arm Arm, IReadOnlyList<CaseResult> Results, TimeSpan Elapsed)
{
    public int Count(CaseOutcome outcome) => Results.Count(result => result.Outcome == outcome);

    public static async Task<Column> RunAsync(Arm arm, IReadOnlyList<ContractCase> cases)
    {
        long start = Stopwatch.GetTimestamp();
        List<CaseResult> results = [];
        foreach (ContractCase one in cases)
        {
            results.Add(await CaseResult.OfAsync(arm, one));
        }

        return new Column(arm, results, Stopwatch.GetElapsedTime(start));
    }
}
