using System.CommandLine;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>The options that select the faults of the network: a profile, and additional rules.</summary>
/// <param name="profile">The description of the profile option.</param>
internal sealed class FaultOptions(string profile)
{
    private const string ProfileName = "--faults";
    private const string RuleName = "--fault";

    private readonly Option<string?> _profile = new(ProfileName) { HelpName = "PROFILE", Description = profile };
    private readonly Option<string[]> _rules = new(RuleName)
    {
        HelpName = "RULE",
        Description = "An extra fault, such as \"reset nth=20\", see 'detsim faults'; may be repeated",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The default profile of the simulated network.</summary>
    public static FaultProfile Default => FaultProfiles.LossyWan;

    public void AddTo(Command command)
    {
        command.Add(_profile);
        command.Add(_rules);
    }

    /// <summary>For the simulated network.</summary>
    /// <exception cref="UsageException">There is no such profile, or one of the rules is not valid.</exception>
    public FaultProfile Parse(ParseResult parsed) =>
        (parsed.GetValue(_profile) is { } name ? FaultNames.Get(name) : Default).With(
            Rules(parsed).Select(FaultNames.Rule)
        );

    /// <summary>For real sockets: null if neither option is given.</summary>
    /// <exception cref="UsageException">As <see cref="Parse"/>, or one of the rules is for the simulated network only.</exception>
    public FaultProfile? ParseForSockets(ParseResult parsed)
    {
        string? name = parsed.GetValue(_profile);
        string[] rules = Rules(parsed);
        return name is null && rules.Length == 0
            ? null
            : (name is null ? FaultProfiles.Calm : FaultNames.Get(name)).With(rules.Select(FaultNames.RuleForSockets));
    }

    /// <summary>The arguments from which <see cref="Parse"/> makes the given profile.</summary>
    public static IEnumerable<string> ArgumentsFor(FaultProfile faults) =>
        faults
            .Rules.Skip(FaultNames.Get(faults.Name).Rules.Count)
            .SelectMany(rule => new[] { RuleName, rule.ToString() })
            .Prepend(faults.Name)
            .Prepend(ProfileName);

    private string[] Rules(ParseResult parsed) => parsed.GetValue(_rules) ?? [];
}
