using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Deterministic.Exploration;

/// <summary>The single source of decisions: asks a strategy and records its answers. Not thread-safe.</summary>
public sealed class ChoiceSource
{
    private const int PerMille = 1000;

    private readonly ChoiceStrategy _strategy;
    private readonly List<Choice>? _recorded;

    /// <summary>A source over a strategy.</summary>
    /// <param name="strategy">Takes the decisions.</param>
    /// <param name="record">
    /// Whether to keep the choices, 12 bytes each. A long run from a seed does not need them: the seed reproduces them.
    /// </param>
    public ChoiceSource(ChoiceStrategy strategy, bool record = true)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        _strategy = strategy;
        _recorded = record ? [] : null;
    }

    /// <summary>The choices so far; empty when they aren't kept.</summary>
    public IReadOnlyList<Choice> Recorded => _recorded ?? (IReadOnlyList<Choice>)[];

    /// <summary>The seed that they are drawn from, or that the replayed tape was drawn from; null if there is none.</summary>
    public ulong? Seed =>
        _strategy switch
        {
            RandomStrategy random => random.Seed,
            ReplayStrategy replay => replay.Seed,
            _ => null,
        };

    /// <summary>How many choices have been taken, kept or not.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// The first exception of the strategy, such as a <see cref="TapeDivergenceException"/>. Every later call throws
    /// it again: a program that swallows exceptions must not make a run that diverged from its tape look valid.
    /// </summary>
    public Exception? Failure { get; private set; }

    /// <summary>Takes one of several alternatives; a single one is taken without a decision.</summary>
    /// <param name="kind">What is decided.</param>
    /// <param name="alternatives">How many alternatives there are; at least 1.</param>
    /// <returns>A number from 0 to <paramref name="alternatives"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alternatives"/> is below 1.</exception>
    /// <exception cref="TapeDivergenceException">A replayed tape holds another choice here.</exception>
    /// <exception cref="InvalidOperationException">The strategy answered out of range.</exception>
    public int Choose(ChoiceKind kind, int alternatives)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alternatives);
        if (alternatives == 1)
        {
            return 0;
        }

        var chosen = Ask(kind, alternatives);
        _recorded?.Add(new Choice(kind, alternatives, chosen));
        Count++;
        return chosen;
    }

    /// <summary>Whether an event of a given probability happens. Impossible and certain events need no decision.</summary>
    /// <param name="kind">What is decided.</param>
    /// <param name="perMille">The probability in thousandths, 0 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="perMille"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">As <see cref="Choose"/>.</exception>
    public bool Chance(ChoiceKind kind, int perMille)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(perMille);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perMille, PerMille);
        return perMille switch
        {
            0 => false,
            PerMille => true,
            // The upper part of the range means yes, so that choice 0 is "it doesn't happen".
            _ => Choose(kind, PerMille) >= PerMille - perMille,
        };
    }

    /// <summary>A number between two, both included; the smallest is choice 0.</summary>
    /// <param name="kind">What is decided.</param>
    /// <param name="min">The smallest.</param>
    /// <param name="maxInclusive">The largest; at most 2^31 − 2 above <paramref name="min"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or too wide.</exception>
    /// <exception cref="InvalidOperationException">As <see cref="Choose"/>.</exception>
    public int Between(ChoiceKind kind, int min, int maxInclusive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxInclusive, min);
        var alternatives = (long)maxInclusive - min + 1;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alternatives, int.MaxValue, nameof(maxInclusive));
        return min + Choose(kind, (int)alternatives);
    }

    /// <summary>The description of its strategy, such as <c>seed 7</c>.</summary>
    public override string ToString() => _strategy.ToString() ?? "";

    /// <remarks>Stays on the stack, where the simulator looks for it to distinguish its own errors from a strategy's.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Ask(ChoiceKind kind, int alternatives)
    {
        if (Failure is not null)
        {
            ExceptionDispatchInfo.Throw(Failure);
        }

        try
        {
            var chosen = _strategy.Choose(kind, alternatives);
            return (uint)chosen < (uint)alternatives
                ? chosen
                : throw new InvalidOperationException(
                    $"{_strategy.GetType().Name} answered {chosen} where there are {alternatives} alternatives; fix the strategy."
                );
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }
    }
}
