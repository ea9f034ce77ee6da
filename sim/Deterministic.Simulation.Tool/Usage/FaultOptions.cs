using System.CommandLine;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>The options by which a command is told how the network behaves: a profile, and faults on top.</summary>
/// <param name="profile">What the profile is for, as a description says it.</param>
internal sealed class FaultOptions(string profile)
{
    private const string ProfileName = "--faults";
    private const string RuleName = "--fault";

    private readonly Option<string?> _profile = new(ProfileName) { HelpName = "PROFILE", Description = profile };
    private readonly Option<string[]> _rules = new(RuleName)
    {
        HelpName = "RULE",
        Description = "A fault on top, such as \"reset nth=20\", see 'detsim faults'; may be repeated",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>What a simulated network is like where nothing else is asked for.</summary>
    public static FaultProfile Default => FaultProfiles.LossyWan;

    public void AddTo(Command command)
    {
        command.Add(_profile);
        command.Add(_rules);
    }

    /// <summary>For the simulated network.</summary>
    /// <exception cref="UsageException">There is no such profile, or one of the rules is none.</exception>
    public FaultProfile Parse(ParseResult parsed) =>
        (parsed.GetValue(_profile) is { } name ? FaultNames.Get(name) : Default).With(
            Rules(parsed).Select(FaultNames.Rule)
        );

    /// <summary>For real sockets: null if nothing was asked for.</summary>
    /// <exception cref="UsageException">As <see cref="Parse"/>, or one of the rules is for the simulated network only.</exception>
    public FaultProfile? ParseForSockets(ParseResult parsed)
    {
        string? name = parsed.GetValue(_profile);
        string[] rules = Rules(parsed);
        return name is null && rules.Length == 0
            ? null
            : (name is null ? FaultProfiles.Calm : FaultNames.Get(name)).With(rules.Select(FaultNames.RuleForSockets));
    }

    /// <summary>The arguments that ask for a profile that <see cref="Parse"/> has made.</summary>
    public static IEnumerable<string> Asking(FaultProfile faults) =>
        faults
            .Rules.Skip(FaultNames.Get(faults.Name).Rules.Count)
            .SelectMany(rule => new[] { RuleName, rule.ToString() })
            .Prepend(faults.Name)
            .Prepend(ProfileName);

    private string[] Rules(ParseResult parsed) => parsed.GetValue(_rules) ?? [];
}
