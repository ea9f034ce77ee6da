namespace Deterministic.Faults;

/// <summary>How a network behaves: its base latency and window, and its faults.</summary>
/// <remarks>
/// Immutable. TCP's contract is kept: on a live connection nothing is lost, duplicated or reordered, unless a rule names a fault of
/// <see cref="FaultGroup.Integrity"/> by name.
/// </remarks>
public sealed record FaultProfile
{
    private static readonly LatencyDistribution OrdinaryLatency = LatencyDistribution.Uniform(
        TimeSpan.FromMicroseconds(100),
        TimeSpan.FromMilliseconds(2)
    );

    /// <summary>Its name on command lines and in tapes.</summary>
    public required string Name { get; init; }

    /// <summary>Its description, in one line.</summary>
    public required string Description { get; init; }

    /// <summary>The one-way latency of a packet without faults. 0.1 to 2 ms.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public LatencyDistribution Latency
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = OrdinaryLatency;

    /// <summary>How many bytes of one direction may be unread at the receiver, and as many unacknowledged at the sender, before the sender must wait. 64 KiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int WindowBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 64 * 1024;

    /// <summary>The faults. Of several rules for one fault the first that strikes is used.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<FaultRule> Rules
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = [];

    /// <summary>
    /// Swarm testing: the probability that a run leaves out a rule, independently for each rule, in thousandths. Faults mask each other (a connection that is always reset never fills its
    /// window), so subsets of the faults find bugs that all of them together do not. 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1000.</exception>
    public int SwarmPerMille
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            field = value;
        }
    }

    /// <summary>
    /// The virtual time that the program takes without faults, for rules that are <see cref="FaultRule.ScaledToRun"/>. Null: unknown, and no rate is scaled;
    /// the simulation's runner, <c>detsim</c> and <c>[Simulation]</c> then measure it by a run under <see cref="FaultProfiles.Calm"/> before the first other run.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? CalmTime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? TimeSpan.Zero, TimeSpan.Zero, nameof(value));
            field = value;
        }
    }

    /// <summary>Whether a rule is scaled to a time that is still unknown.</summary>
    public bool LacksCalmTime => CalmTime is null && Rules.Any(static rule => rule.IsScaledToRun);

    /// <summary>Whether its latency differs from the default of a quiet local network, which a real network has anyway.</summary>
    internal bool HasLatencyOfItsOwn => Latency != OrdinaryLatency;

    /// <summary>This profile with additional faults.</summary>
    /// <param name="rules">The rules to add.</param>
    public FaultProfile With(params IEnumerable<FaultRule> rules) => this with { Rules = [.. Rules, .. rules] };

    /// <summary>This profile without some faults.</summary>
    /// <param name="kinds">The kinds to leave out.</param>
    public FaultProfile Without(params IEnumerable<FaultKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        HashSet<FaultKind> unwanted = [.. kinds];
        return this with { Rules = [.. Rules.Where(rule => !unwanted.Contains(rule.Kind))] };
    }

    /// <summary>Its name, and how its rules differ from those of the built-in profile of that name.</summary>
    public override string ToString()
    {
        string[] own = [.. Rules.Select(rule => $"'{rule}'")];
        string[] known = [.. (FaultProfiles.Find(Name)?.Rules ?? Rules).Select(rule => $"'{rule}'")];
        return own.Take(known.Length).SequenceEqual(known, StringComparer.Ordinal)
            ? string.Join(" and ", own.Skip(known.Length).Prepend(Name))
            : $"{Name} of {own.Length} rules of its own";
    }
}
