using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>A kind of world that scenarios can run in.</summary>
internal interface IDriver
{
    /// <summary>Where a scenario runs, printed after its name: <c>under lossy-wan</c>.</summary>
    string Where { get; }

    /// <summary>Whether its time is virtual, and its runs are recorded.</summary>
    bool IsSimulated { get; }

    /// <summary>The rules of its faults that are not supported there.</summary>
    IReadOnlyList<FaultRule> LeftOut => [];

    /// <summary>Runs a scenario once.</summary>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    Task<SeedRun> RunAsync(Scenario scenario, ulong seed, CancellationToken interrupt);
}
