using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Faults.Text;

namespace Deterministic.Simulation.Recording;

/// <summary>
/// What a tape's header says of a fault profile besides its name: wherever it is not the known profile of that name. Of profiles with names of their own it says
/// nothing: who replays such a tape hands over the profile.
/// </summary>
internal static class TapeFaultOptions
{
    private const string Latency = "faults-latency";
    private const string Window = "faults-window-bytes";
    private const string Swarm = "faults-swarm-per-mille";
    private const string CalmTime = "faults-calm-time";
    private const string Rules = "faults-rules";

    /// <summary>The options of a header that make a profile of a known one.</summary>
    public static IReadOnlyDictionary<string, string> Describe(FaultProfile profile)
    {
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        if (FaultProfiles.Find(profile.Name) is not { } known || ReferenceEquals(profile, known))
        {
            // Nearly every run: no text is made for it.
            return options;
        }

        Add(Latency, profile.Latency.ToString(), known.Latency.ToString());
        Add(Window, Number(profile.WindowBytes), Number(known.WindowBytes));
        Add(Swarm, Number(profile.SwarmPerMille), Number(known.SwarmPerMille));
        if (profile.CalmTime is { } calm)
        {
            options[CalmTime] = DurationText.Format(calm);
        }

        if (ReferenceEquals(profile.Rules, known.Rules))
        {
            return options;
        }

        string[] rules = [.. profile.Rules.Select(rule => rule.ToString())];
        if (!rules.SequenceEqual(known.Rules.Select(rule => rule.ToString()), StringComparer.Ordinal))
        {
            options[Rules] = Number(rules.Length);
            for (int i = 0; i < rules.Length; i++)
            {
                options[RuleKey(i)] = rules[i];
            }
        }

        return options;

        void Add(string key, string value, string usual)
        {
            if (!string.Equals(value, usual, StringComparison.Ordinal))
            {
                options[key] = value;
            }
        }
    }

    /// <summary>The profile that a header describes; null if none of its name is known.</summary>
    /// <exception cref="FormatException">An option is none that <see cref="Describe"/> writes.</exception>
    public static FaultProfile? Find(TapeHeader header)
    {
        if (FaultProfiles.Find(header.Faults) is not { } known)
        {
            return null;
        }

        try
        {
            return known with
            {
                Latency = Option(header, Latency) is { } latency ? LatencyDistribution.Parse(latency) : known.Latency,
                WindowBytes = Option(header, Window) is { } window ? Number(window) : known.WindowBytes,
                SwarmPerMille = Option(header, Swarm) is { } swarm ? Number(swarm) : known.SwarmPerMille,
                CalmTime = CalmTimeOf(header),
                Rules = Option(header, Rules) is { } count ? ReadRules(header, Number(count)) : known.Rules,
            };
        }
        catch (ArgumentException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    /// <summary>How long the program takes without faults, if the header has it.</summary>
    /// <exception cref="FormatException">It is not a time.</exception>
    public static TimeSpan? CalmTimeOf(TapeHeader header) =>
        Option(header, CalmTime) is { } time ? DurationText.Parse(time) : null;

    /// <summary>Whether a profile is the one that a header describes, as far as it does.</summary>
    public static bool IsSame(TapeHeader header, FaultProfile profile)
    {
        IReadOnlyDictionary<string, string> described = Describe(profile);
        return header
            .Options.Where(option => option.Key.StartsWith("faults-", StringComparison.Ordinal))
            .OrderBy(option => option.Key, StringComparer.Ordinal)
            .SequenceEqual(described.OrderBy(option => option.Key, StringComparer.Ordinal));
    }

    private static List<FaultRule> ReadRules(TapeHeader header, int count)
    {
        // One by one: a hostile count must not cost memory before the first rule is missing.
        List<FaultRule> rules = [];
        while (rules.Count < count)
        {
            string key = RuleKey(rules.Count);
            rules.Add(
                FaultRule.Parse(
                    Option(header, key)
                        ?? throw new FormatException($"There are to be {count} rules, and there is no '{key}'.")
                )
            );
        }

        return rules;
    }

    private static string? Option(TapeHeader header, string key) => header.Options.GetValueOrDefault(key);

    private static string RuleKey(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"faults-rule-{index + 1:d3}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"'{text}' is not a whole number.");
}
