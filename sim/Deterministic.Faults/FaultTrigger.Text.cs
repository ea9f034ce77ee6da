using System.Globalization;
using Deterministic.Faults.Text;

namespace Deterministic.Faults;

/// <content>Its text within a rule.</content>
public readonly partial record struct FaultTrigger
{
    /// <summary>The key of each kind; <see cref="FaultTriggerKind.Always"/> has none.</summary>
    internal static IReadOnlyList<(string Key, FaultTriggerKind Kind)> Keys { get; } =
    [
        ("p", FaultTriggerKind.Probability),
        ("nth", FaultTriggerKind.Nth),
        ("after-bytes", FaultTriggerKind.AfterBytes),
        ("at", FaultTriggerKind.At),
        ("every", FaultTriggerKind.Every),
    ];

    internal static IEnumerable<string> Format(FaultTrigger trigger) =>
        trigger.Kind switch
        {
            FaultTriggerKind.Always => [],
            FaultTriggerKind.Probability => [$"p={Number(trigger)}"],
            FaultTriggerKind.Nth => [$"nth={Number(trigger)}"],
            FaultTriggerKind.AfterBytes => [$"after-bytes={Number(trigger)}"],
            FaultTriggerKind.At => [$"at={DurationText.Format(trigger.Time)}"],
            _ => [$"every={DurationText.Format(trigger.Time)}"],
        };

    /// <summary>The trigger of a key and its value, or null if the key is of no trigger.</summary>
    /// <exception cref="FormatException">The value is none.</exception>
    internal static FaultTrigger? Parse(string key, string value) =>
        key switch
        {
            "p" => Probability((int)Math.Min(int.MaxValue, Number(value))),
            "nth" => Nth(Number(value)),
            "after-bytes" => AfterBytes(Number(value)),
            "at" => At(DurationText.Parse(value)),
            "every" => Every(DurationText.Parse(value)),
            _ => null,
        };

    internal static long Number(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new FormatException($"'{value}' is not a whole number.");

    private static string Number(FaultTrigger trigger) => trigger.Value.ToString(CultureInfo.InvariantCulture);
}
