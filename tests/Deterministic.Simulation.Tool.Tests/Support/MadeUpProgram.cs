using Deterministic.Scenarios;

namespace Deterministic.Simulation.Tool.Tests;

/// <summary>This assembly as a program: <c>detsim</c> that knows the scenarios of the tests as well, for those that need another process.</summary>
internal static class MadeUpProgram
{
    public static string File { get; } =
        Path.Combine(AppContext.BaseDirectory, $"{typeof(MadeUpProgram).Assembly.GetName().Name}.dll");

    public static Task<int> Main(string[] arguments) =>
        new DetsimApp(
            ToolEnvironment.OfThisProcess(),
            [.. ScenarioCatalog.All, MadeUp.Sound, Doubtful.FailsInTheSimulator(), .. Leaking.All]
        ).RunAsync(arguments);
}
