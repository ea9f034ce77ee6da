using Deterministic.Scenarios;
using Spectre.Console;

namespace Deterministic.Simulation.Tool.Tests;

/// <summary>Runs <c>detsim</c> in this process, in a folder of its own, as though its output were a pipe.</summary>
internal sealed class Detsim : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("detsim-tests-");

    public IReadOnlyList<Scenario> Scenarios { get; init; } = ScenarioCatalog.All;

    public int Threads { get; init; } = 2;

    public IAnsiConsole? Terminal { get; init; }

    public string WorkingDirectory => _directory.FullName;

    public Task<Outcome> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    public async Task<Outcome> RunAsync(CancellationToken interrupt, params string[] arguments)
    {
        TextWriter output = Terminal?.Profile.Out.Writer ?? new StringWriter();
        using StringWriter error = new();
        int exitCode = await new DetsimApp(Environment(output, error), Scenarios).RunAsync(arguments, interrupt);
        return new Outcome(exitCode, output.ToString()!, error.ToString());
    }

    public string PathOf(string file) => Path.Combine(WorkingDirectory, file);

    public void Dispose() => _directory.Delete(recursive: true);

    private ToolEnvironment Environment(TextWriter output, TextWriter error) =>
        new()
        {
            Output = output,
            Error = error,
            Terminal = Terminal,
            WorkingDirectory = WorkingDirectory,
            Command = "detsim",
            Itself = ["dotnet", MadeUpProgram.File],
            Clock = new SecondsClock(),
            Threads = Threads,
        };
}
