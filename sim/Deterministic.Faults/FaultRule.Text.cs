using System.Globalization;
using Deterministic.Faults.Text;

namespace Deterministic.Faults;

/// <content>Its text: a fault's name and settings, each <c>key=value</c>, between spaces: <c>stall on=client&gt;server p=30 for=200ms..2s</c>.</content>
public sealed partial record FaultRule
{
    /// <summary>The key of each setting.</summary>
    internal static IReadOnlyList<(string Key, FaultSetting Setting)> Keys { get; } =
    [
        ("for", FaultSetting.Time),
        ("amount", FaultSetting.Amount),
        ("spread", FaultSetting.Spread),
        ("latency", FaultSetting.Distribution),
    ];

    private static string Format(FaultRule rule)
    {
        List<string> words = [rule.Descriptor.Name];
        if (rule.Scope != default)
        {
            words.Add("on=" + Format(rule.Scope));
        }

        words.AddRange(FaultTrigger.Format(rule.Trigger));
        Add(rule.IsScaledToRun, Reader.Scale, Reader.ToRun);
        Add(rule.Begin != TimeSpan.Zero, "from", DurationText.Format(rule.Begin));
        Add(rule.End != TimeSpan.MaxValue, "until", DurationText.Format(rule.End));
        Add(rule.Most != int.MaxValue, "at-most", Number(rule.Most));
        Add(rule.Descriptor.Has(FaultSetting.Time), "for", Format(rule.Time));
        Add(rule.Amount != 0, "amount", Number(rule.Amount));
        Add(rule.Spread != rule.Descriptor.UsualSpread, "spread", Number(rule.Spread));
        Add(rule.Distribution is not null, "latency", rule.Distribution?.ToString() ?? "");
        return string.Join(' ', words);

        void Add(bool wanted, string key, string value)
        {
            if (wanted)
            {
                words.Add($"{key}={value}");
            }
        }
    }

    private static FaultRule Read(string text)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string name = words.FirstOrDefault() ?? "";
        FaultDescriptor fault =
            FaultCatalog.Find(name)
            ?? throw new FormatException(
                $"There is no fault '{name}'.{KnownNames.DidYouMean(name, Names)} There are: {string.Join(", ", Names)}."
            );
        Reader settings = new(fault);
        foreach (string word in words.Skip(1))
        {
            settings.Read(word);
        }

        return settings.Build();
    }

    private static IEnumerable<string> Names => FaultCatalog.All.Select(known => known.Name);

    private static string Format(FaultScope scope) =>
        scope is { From: null, To: { } host, BothWays: false }
            ? host
            : $"{scope.From ?? "*"}{(scope.BothWays ? "<>" : ">")}{scope.To ?? "*"}";

    private static string Format(DurationRange range) =>
        range.Least == range.Most
            ? DurationText.Format(range.Least)
            : $"{DurationText.Format(range.Least)}..{DurationText.Format(range.Most)}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
