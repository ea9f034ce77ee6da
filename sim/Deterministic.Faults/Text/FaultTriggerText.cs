using System.Globalization;

namespace Deterministic.Faults.Text;

/// <summary>The words for <see cref="FaultTrigger"/>.</summary>
internal static class FaultTriggerText
{
    /// <summary>How each is called; <see cref="FaultTriggerKind.Always"/> has no word.</summary>
    public static IReadOnlyList<(string Key, FaultTriggerKind Kind)> Keys { get; } =
    [
        ("p", FaultTriggerKind.Probability),
        ("nth", FaultTriggerKind.Nth),
        ("after-bytes", FaultTriggerKind.AfterBytes),
        ("at", FaultTriggerKind.At),
        ("every", FaultTriggerKind.Every),
    ];

    public static IEnumerable<string> Format(FaultTrigger trigger) =>
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
    public static FaultTrigger? Parse(string key, string value) =>
        key switch
        {
            "p" => FaultTrigger.Probability((int)Math.Min(int.MaxValue, Number(value))),
            "nth" => FaultTrigger.Nth(Number(value)),
            "after-bytes" => FaultTrigger.AfterBytes(Number(value)),
            "at" => FaultTrigger.At(DurationText.Parse(value)),
            "every" => FaultTrigger.Every(DurationText.Parse(value)),
            _ => null,
        };

    public static long Number(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new FormatException($"'{value}' is not a whole number.");

    private static string Number(FaultTrigger trigger) => trigger.Value.ToString(CultureInfo.InvariantCulture);
}
