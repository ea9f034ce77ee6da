namespace Deterministic.Kernel.Tests;

/// <summary>Every scenario on this machine's kernel, all at once: most of the time is spent waiting.</summary>
public sealed class LinuxRuns
{
    private readonly Lazy<Dictionary<string, Task<string>>> _runs = new(static () =>
        KernelScenario
            .All.Where(static scenario => LinuxMachine.WhyNot(scenario.NeedsPrivilege) is null)
            .ToDictionary(static scenario => scenario.Name, Played.OnLinuxAsync)
    );

    public Task<string> OutcomeOfAsync(string name) => _runs.Value[name];
}
