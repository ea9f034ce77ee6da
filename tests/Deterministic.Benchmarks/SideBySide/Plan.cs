namespace Deterministic.Benchmarks.SideBySide;

/// <summary>What is to be measured, and how long.</summary>
/// <param name="Rounds">Turns of each server in each row.</param>
/// <param name="TurnLength">How long one turn takes.</param>
/// <param name="Connections">The rows of echo: connections at once.</param>
/// <param name="Clients">Client threads that share the connections of a row.</param>
/// <param name="Only">A server takes part if its name contains one of these.</param>
internal sealed record Plan(
    int Rounds,
    TimeSpan TurnLength,
    IReadOnlyList<int> Connections,
    int Clients,
    IReadOnlyList<string> Only
)
{
    public IReadOnlyList<Contestant> Choose(IEnumerable<Contestant> contestants) =>
        [
            .. contestants.Where(contestant =>
                Only.Any(word => contestant.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
            ),
        ];
}
