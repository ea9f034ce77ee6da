namespace Deterministic.Streams.Tests;

/// <summary>What a race must do, worked out from the rule alone: an attempt starts when the one before has failed or the delay has passed; who connects first wins.</summary>
/// <param name="Starts">When each that starts does so.</param>
/// <param name="Winner">Null if nobody connects.</param>
/// <param name="End">Null if it never ends.</param>
/// <param name="HasTie">Whether two things that decide it fall on one tick: which comes first is nobody's rule.</param>
internal sealed record RaceModel(IReadOnlyList<int> Starts, int? Winner, int? End, bool HasTie)
{
    public static RaceModel Of(string script, int? delay)
    {
        AttemptScript[] attempts = [.. script.Split(' ').Select(AttemptScript.Parse)];
        List<long> starts = [0];
        foreach (AttemptScript attempt in attempts.SkipLast(1))
        {
            long failed =
                attempt.Kind == '-' && starts[^1] < long.MaxValue ? starts[^1] + attempt.After : long.MaxValue;
            starts.Add(
                Math.Min(failed, delay is { } span && starts[^1] < long.MaxValue ? starts[^1] + span : long.MaxValue)
            );
        }

        (int Number, long At)[] connected =
        [
            .. attempts
                .Select(
                    (attempt, i) =>
                        (
                            i,
                            attempt.Kind == '+' && starts[i] < long.MaxValue ? starts[i] + attempt.After : long.MaxValue
                        )
                )
                .Where(one => one.Item2 < long.MaxValue)
                .OrderBy(one => one.Item2),
        ];
        long over = connected.Length > 0 ? connected[0].At : long.MaxValue;
        bool allFail = attempts.All(attempt => attempt.Kind == '-');
        long? end =
            over < long.MaxValue ? over
            : allFail ? attempts.Select((attempt, i) => starts[i] + attempt.After).Max()
            : null;
        return new RaceModel(
            [.. starts.Where(start => start < long.MaxValue && start <= over).Select(start => (int)start)],
            over < long.MaxValue ? connected[0].Number : null,
            (int?)end,
            connected.Count(one => one.At == over) > 1 || starts.Skip(1).Contains(over)
        );
    }
}
