using System.Reflection;
using Spectre.Console;

namespace Deterministic.Simulation.Tool;

/// <summary>All that <c>detsim</c> sees of the outside, so that a test can stand in for it.</summary>
internal sealed class ToolEnvironment
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>The terminal that <see cref="Output"/> is, or null where it goes to a file or a pipe: all that is printed is then plain.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>What relative paths are relative to.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>How the user starts <c>detsim</c>, for commands that are printed to be typed.</summary>
    public required string Command { get; init; }

    /// <summary>The program and first arguments that start <c>detsim</c> once more, with the same scenarios.</summary>
    public required IReadOnlyList<string> Itself { get; init; }

    /// <summary>The real time, for what the reports say about speed.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How many runs go at the same time; no report depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    public static ToolEnvironment OfThisProcess()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        bool isTerminal = !Console.IsOutputRedirected && console.Profile.Capabilities.Ansi;
        string workingDirectory = Directory.GetCurrentDirectory();
        return new ToolEnvironment
        {
            Output = new GuardedOutput(Console.Out),
            Error = Console.Error,
            Terminal = isTerminal ? console : null,
            WorkingDirectory = workingDirectory,
            Command = InvocationName.Find(AppContext.BaseDirectory, Environment.ProcessPath, workingDirectory),
            Itself = InvocationName.Itself(
                AppContext.BaseDirectory,
                Environment.ProcessPath,
                Assembly.GetEntryAssembly()?.GetName().Name
            ),
        };
    }

    public void WriteLine(string line = "") => Output.WriteLine(line);

    /// <summary>Written as a whole and never wrapped, unlike what goes through <see cref="Terminal"/>: lines are there to be copied.</summary>
    public void WriteLine(Tone tone, string line) =>
        Output.WriteLine(HasColours ? $"\e[{Code(tone)}m{line}\e[0m" : line);

    private bool HasColours => Terminal is { Profile.Capabilities.ColorSystem: not ColorSystem.NoColors };

    private static string Code(Tone tone) =>
        tone switch
        {
            Tone.Title => "1",
            Tone.Good => "32",
            _ => "31",
        };
}
