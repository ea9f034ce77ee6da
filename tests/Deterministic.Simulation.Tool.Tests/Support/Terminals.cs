using Spectre.Console;

namespace Deterministic.Simulation.Tool.Tests;

/// <summary>Terminals that exist in a test only.</summary>
internal static class Terminals
{
    public static IAnsiConsole Create(ColorSystemSupport colours, int width = 120) =>
        AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = colours,
                Interactive = InteractionSupport.Yes,
                Out = new Output(new StringWriter(), width),
            }
        );

    private sealed class Output(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => width;

        public int Height => 50;

        public void SetEncoding(System.Text.Encoding encoding) { }
    }
}
