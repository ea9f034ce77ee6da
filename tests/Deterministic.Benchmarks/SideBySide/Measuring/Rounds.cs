using Deterministic.Exploration.Randomness;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>Lets servers take turns.</summary>
internal static class Rounds
{
    /// <summary>By then the connections have grown their buffers, and the compiler has optimised what is hot.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Any will do, as long as two versions of a server are measured in the same order.</summary>
    private const int OrderSeed = 1;

    /// <param name="title">What the load is.</param>
    /// <param name="plan">How many rounds.</param>
    /// <param name="contestants">The servers.</param>
    /// <param name="run">Loads the server of that index for so long, and says how many operations it had.</param>
    public static Row Play(
        string title,
        Plan plan,
        IReadOnlyList<Contestant> contestants,
        Func<int, TimeSpan, long> run
    )
    {
        List<Turn>[] turns = [.. contestants.Select(_ => new List<Turn>(plan.Rounds))];
        for (int i = 0; i < contestants.Count; i++)
        {
            _ = run(i, WarmUp);
        }

        Bystanders bystanders = Bystanders.Watch();
        // Not merely another one that begins: a server whose neighbour before it is always the same inherits its threads and its heat.
        Random order = new(OrderSeed);
        int[] indices = [.. Enumerable.Range(0, contestants.Count)];
        for (int round = 0; round < plan.Rounds; round++)
        {
            order.Shuffle(indices);
            foreach (int index in indices)
            {
                turns[index].Add(Turn.Measure(() => run(index, plan.TurnLength)));
            }
        }

        return new Row(
            title,
            [.. contestants.Zip(turns, (contestant, its) => new Lane(contestant, its))],
            bystanders.Share()
        );
    }
}
