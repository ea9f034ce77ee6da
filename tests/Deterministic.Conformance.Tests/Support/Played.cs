using System.Text;

namespace Deterministic.Conformance.Tests;

/// <summary>A run of the play command, in process.</summary>
internal sealed record Played(int ExitCode, string Answers, string Errors)
{
    public IReadOnlyList<string> Lines => Answers.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Played From(string scripts)
    {
        using MemoryStream input = new(Encoding.UTF8.GetBytes(scripts));
        using MemoryStream output = new();
        using StringWriter errors = new() { NewLine = "\n" };
        int exitCode = PlayCommand.Run(input, output, errors);
        return new Played(exitCode, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}
