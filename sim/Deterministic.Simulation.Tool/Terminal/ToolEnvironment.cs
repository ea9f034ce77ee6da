using System.Reflection;
using Spectre.Console;

namespace Deterministic.Simulation.Tool;

/// <summary>Everything that <c>detsim</c> uses of its environment, so that tests can replace it.</summary>
internal sealed class ToolEnvironment
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>The terminal behind <see cref="Output"/>, or null if it is a file or a pipe: the output is then plain text.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>The base of relative paths.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The command that starts <c>detsim</c>, for printed commands.</summary>
    public required string Command { get; init; }

    /// <summary>The program and first arguments that start another <c>detsim</c> process with the same scenarios.</summary>
    public required IReadOnlyList<string> Itself { get; init; }

    /// <summary>The real time, for the speed in reports.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How many runs are made in parallel; no report depends on it.</summary>
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

    /// <summary>Written as a whole and never wrapped, unlike output through <see cref="Terminal"/>, so that lines can be copied.</summary>
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
