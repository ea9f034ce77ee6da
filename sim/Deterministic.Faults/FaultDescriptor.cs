using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Faults.Text;

namespace Deterministic.Faults;

/// <summary>Describes a kind of fault.</summary>
public sealed record FaultDescriptor
{
    /// <summary>The kind.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Its name on command lines, in tapes and in traces.</summary>
    public required string Name { get; init; }

    /// <summary>Its group.</summary>
    public required FaultGroup Group { get; init; }

    /// <summary>When it can strike.</summary>
    public required FaultTiming Timing { get; init; }

    /// <summary>The settings that it takes.</summary>
    public FaultSetting Settings { get; init; }

    /// <summary>What it does, and what the program observes, in one line.</summary>
    public required string Description { get; init; }

    /// <summary>The opportunities that <c>nth</c> counts; empty if it strikes at points in time, or all the time.</summary>
    public string Counted { get; init; } = "";

    /// <summary>The meaning of the amounts; empty if it takes none.</summary>
    public string Measured { get; init; } = "";

    /// <summary>The settings that the text of a rule for it takes, besides <c>on</c>, <c>from</c>, <c>until</c> and <c>at-most</c>, which all faults take.</summary>
    public IReadOnlyList<string> Takes =>
        [
            .. FaultTrigger.Keys.Where(key => IsTaken(key.Kind)).Select(key => key.Key),
            .. FaultRule.Keys.Where(key => Has(key.Setting)).Select(key => key.Key),
        ];

    /// <summary>The smallest valid amount.</summary>
    internal long LeastAmount { get; init; } = 1;

    /// <summary>The smallest valid second amount.</summary>
    internal long LeastSpread { get; init; }

    /// <summary>The default of the second amount.</summary>
    internal long UsualSpread { get; init; }

    /// <summary>What its scope selects.</summary>
    public FaultTarget Target
    {
        get => Group == FaultGroup.Host ? FaultTarget.Host : field;
        init;
    }

    /// <summary>The kind of its choices on a tape.</summary>
    internal ChoiceKind Choice { get; init; } = ChoiceKind.Fault;

    internal void Check(FaultScope scope)
    {
        if (Target == FaultTarget.Host && scope is { From: not null, BothWays: false })
        {
            throw new InvalidOperationException(
                $"The fault '{Name}' strikes hosts, not the direction from one to another: name one host."
            );
        }
    }

    internal void Check(FaultTrigger trigger)
    {
        if (!IsTaken(trigger.Kind))
        {
            string taken = string.Join(", ", Enum.GetValues<FaultTriggerKind>().Where(IsTaken));
            throw new InvalidOperationException(
                $"The fault '{Name}' takes no trigger {trigger.Kind}: it takes {taken}."
            );
        }
    }

    internal void Check(FaultSetting setting)
    {
        if (!Has(setting))
        {
            throw new InvalidOperationException($"The fault '{Name}' takes no {setting}; it takes {Settings}.");
        }
    }

    internal void CheckSpread(long spread)
    {
        if (Has(FaultSetting.Spread) && (spread < LeastSpread || spread > int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(
                nameof(spread),
                spread,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The fault '{Name}' takes second amounts from {LeastSpread} to {int.MaxValue}."
                )
            );
        }
    }

    internal void CheckAmount(long amount)
    {
        if (amount < LeastAmount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(amount),
                amount,
                string.Create(CultureInfo.InvariantCulture, $"The fault '{Name}' takes amounts from {LeastAmount}.")
            );
        }
    }

    /// <summary>Checks for missing settings, which are possible in a rule read from text, but not in one made by a method.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="given">The settings in the text.</param>
    internal void CheckComplete(FaultRule rule, IReadOnlySet<string> given)
    {
        string? missing =
            Has(FaultSetting.Time) && !given.Contains("for") ? "how long, such as for=100ms..2s"
            : Has(FaultSetting.Amount) && rule.Amount < LeastAmount ? $"how much, with amount=N ({Measured})"
            : Has(FaultSetting.Distribution) && rule.Distribution is null
                ? "a distribution, such as latency=uniform:1ms,5ms"
            : null;
        if (missing is not null)
        {
            throw new InvalidOperationException($"say {missing}.");
        }
    }

    internal bool Has(FaultSetting setting) => (Settings & setting) == setting;

    private bool IsTaken(FaultTriggerKind trigger) =>
        Timing switch
        {
            FaultTiming.AtOperations => trigger
                is FaultTriggerKind.Always
                    or FaultTriggerKind.Probability
                    or FaultTriggerKind.Nth,
            FaultTiming.AtSends => trigger
                is FaultTriggerKind.Always
                    or FaultTriggerKind.Probability
                    or FaultTriggerKind.Nth
                    or FaultTriggerKind.AfterBytes,
            FaultTiming.Standing => trigger is FaultTriggerKind.Always or FaultTriggerKind.Probability,
            _ => trigger is FaultTriggerKind.Always or FaultTriggerKind.At or FaultTriggerKind.Every,
        };
}
