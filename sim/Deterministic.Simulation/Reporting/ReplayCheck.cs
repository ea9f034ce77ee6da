namespace Deterministic.Simulation;

/// <summary>A finding and the replay that was made of it at once: whether the program is deterministic, as far as that shows.</summary>
internal sealed class ReplayCheck
{
    private readonly TraceDifference? _difference;
    private readonly string _recorded;
    private readonly string _replayed;

    private ReplayCheck(TraceDifference? difference, string recorded, string replayed)
    {
        _difference = difference;
        _recorded = recorded;
        _replayed = replayed;
    }

    /// <summary>Compares the two runs.</summary>
    /// <returns>Null if they ended alike.</returns>
    public static ReplayCheck? Compare(CheckedRun recorded, CheckedRun replayed)
    {
        // A run that was left is not the tape's any more, and the two need not have been left at the same event.
        bool left = recorded.Finding is { Property: BuiltInProperties.NothingEscapes };
        bool alike =
            string.Equals(recorded.Finding?.Property, replayed.Finding?.Property, StringComparison.Ordinal)
            && (
                left
                || (
                    recorded.Trace.Hash == replayed.Trace.Hash
                    && recorded.Choices == replayed.Choices
                    && recorded.Finding?.Time == replayed.Finding?.Time
                    && string.Equals(recorded.Finding?.Detail, replayed.Finding?.Detail, StringComparison.Ordinal)
                )
            );
        if (alike)
        {
            return null;
        }

        TraceDifference? difference =
            recorded.Trace.KeepsEvents && replayed.Trace.KeepsEvents
                ? TraceDifference.Of([.. recorded.Trace.HashedEvents], [.. replayed.Trace.HashedEvents])
                : null;
        return new ReplayCheck(difference is { IsNone: true } ? null : difference, recorded.Ending, replayed.Ending);
    }

    /// <summary>That the program is not deterministic, how the two runs ended, and the first event that differs.</summary>
    /// <param name="again">How the second run was made, as it follows "the same decisions, ": "replayed at once".</param>
    public IEnumerable<string> Lines(string again)
    {
        yield return $"NOT DETERMINISTIC: the same decisions, {again}, ended otherwise. Until that is fixed, neither seed nor tape repeats the failure.";
        if (_difference is null)
        {
            yield return $"All events are the same. first: {_recorded}";
            yield return $"again: {_replayed}";
        }
        else
        {
            yield return $"first: {_recorded}";
            yield return $"again: {_replayed}";
            yield return $"The traces part at event {_difference.Shared + 1}:";
            foreach (string line in _difference.Lines("first", "again"))
            {
                yield return line;
            }
        }

        yield return Remedy;
    }

    /// <summary>What to look for.</summary>
    public const string Remedy =
        "What differs comes from outside of the simulation, such as Random.Shared, Guid.NewGuid, the real time, a static field, or the order of a hash table.";
}
