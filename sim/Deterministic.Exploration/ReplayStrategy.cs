namespace Deterministic.Exploration;

/// <summary>Reads a tape back. The run must ask for the same decisions as the recorded one; the first difference ends it.</summary>
public sealed class ReplayStrategy : ChoiceStrategy
{
    private readonly Tape _tape;

    /// <summary>A strategy at the start of the tape.</summary>
    /// <param name="tape">The tape.</param>
    public ReplayStrategy(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        _tape = tape;
    }

    /// <summary>How many choices have been read back.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the run has used every choice of the tape. False after a run that ended earlier than the recorded one.</summary>
    public bool IsUsedUp => Position == _tape.Choices.Count;

    /// <summary>The seed that the tape was drawn from; null if there is none.</summary>
    public ulong? Seed => _tape.Header.SeedOrNull;

    /// <summary>Its tape's seed, for messages.</summary>
    public override string ToString() => $"the tape of seed {_tape.Header.Seed}";

    /// <inheritdoc/>
    /// <exception cref="TapeDivergenceException">The tape holds another kind or number of alternatives here, or has ended.</exception>
    public override int Choose(ChoiceKind kind, int alternatives)
    {
        if (IsUsedUp)
        {
            throw new TapeDivergenceException(Position, recorded: null, kind, alternatives);
        }

        var recorded = _tape.Choices[Position];
        if (recorded.Kind != kind || recorded.Alternatives != alternatives)
        {
            throw new TapeDivergenceException(Position, recorded, kind, alternatives);
        }

        Position++;
        return recorded.Chosen;
    }
}
