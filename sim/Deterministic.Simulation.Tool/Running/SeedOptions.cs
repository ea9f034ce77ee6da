using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary>The options that select the seeds of a command.</summary>
/// <param name="one">The description of the option for a single seed.</param>
/// <param name="many">The description of the option for many.</param>
internal sealed class SeedOptions(string one, string many)
{
    private readonly Option<string?> _one = new("--seed") { HelpName = "S", Description = one };
    private readonly Option<string?> _many = new("--seeds") { HelpName = "N", Description = many };

    public void AddTo(Command command)
    {
        command.Add(_one);
        command.Add(_many);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="defaultCount">How many seeds if neither option is given.</param>
    /// <exception cref="UsageException">Both are given, or one is not a number in its range.</exception>
    public SeedRange Parse(ParseResult parsed, int defaultCount) =>
        SeedArguments.Parse(parsed.GetValue(_one), parsed.GetValue(_many), defaultCount);
}
