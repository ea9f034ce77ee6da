using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary>The options by which a command is told which seeds to take.</summary>
/// <param name="one">What becomes of a single one, as its description says it.</param>
/// <param name="many">What becomes of many.</param>
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
    /// <param name="defaultCount">How many to take where it says nothing.</param>
    /// <exception cref="UsageException">Both are given, or one is no number in its range.</exception>
    public SeedRange Parse(ParseResult parsed, int defaultCount) =>
        SeedArguments.Parse(parsed.GetValue(_one), parsed.GetValue(_many), defaultCount);
}
