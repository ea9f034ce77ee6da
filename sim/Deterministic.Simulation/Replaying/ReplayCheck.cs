using System.Globalization;
using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation.Replaying;

/// <summary>A finding and the replay that was made of it at once: whether the program is deterministic, as far as that shows.</summary>
internal sealed class ReplayCheck
{
    private const string NoLine = "(no such line)";

    private readonly TraceDifference? _difference;
    private readonly CheckedRun _recorded;
    private readonly CheckedRun _replayed;

    private ReplayCheck(TraceDifference? difference, CheckedRun recorded, CheckedRun replayed)
    {
        _difference = difference;
        _recorded = recorded;
        _replayed = replayed;
    }

    /// <summary>How both ended; if one line does not show the difference, the first line of the messages that does.</summary>
    private IEnumerable<string> Endings
    {
        get
        {
            string[] first = _recorded.DetailLines;
            string[] again = _replayed.DetailLines;
            if (
                first.SequenceEqual(again, StringComparer.Ordinal)
                || !string.Equals(_recorded.Signature, _replayed.Signature, StringComparison.Ordinal)
            )
            {
                return [$"first: {_recorded.Signature}", $"again: {_replayed.Signature}"];
            }

            int same = first.Zip(again, string.Equals).TakeWhile(static equal => equal).Count();
            return
            [
                $"first and again: {_recorded.Signature}",
                string.Create(CultureInfo.InvariantCulture, $"The messages differ in line {same + 1}:"),
                $"first: {first.ElementAtOrDefault(same) ?? NoLine}",
                $"again: {again.ElementAtOrDefault(same) ?? NoLine}",
            ];
        }
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
        return new ReplayCheck(difference is { IsNone: true } ? null : difference, recorded, replayed);
    }

    /// <summary>That the program is not deterministic, how the two runs ended, and the first event that differs.</summary>
    /// <param name="again">How the second run was made, as it follows "the same decisions, ": "replayed at once".</param>
    public IEnumerable<string> Lines(string again)
    {
        yield return $"NOT DETERMINISTIC: the same decisions, {again}, ended otherwise. Until that is fixed, neither seed nor tape repeats the failure.";
        string prefix = _difference is null ? "All events are the same. " : "";
        foreach (string line in Endings)
        {
            yield return prefix + line;
            prefix = "";
        }

        if (_difference is not null)
        {
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
