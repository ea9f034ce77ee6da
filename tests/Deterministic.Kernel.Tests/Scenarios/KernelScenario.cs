namespace Deterministic.Kernel.Tests;

/// <summary>Something that a program can do with TCP, to be done on a kernel's and on the simulator's.</summary>
/// <param name="Name">Its row in the table.</param>
/// <param name="PlayAsync">Does it. Awaits plainly throughout, so that it stays in the context of a simulation.</param>
internal sealed record KernelScenario(string Name, Func<Stage, Task> PlayAsync)
{
    /// <summary>What its world must be like.</summary>
    public StageOptions Options { get; init; } = new();

    /// <summary>Whether a kernel lets only an administrator of its network do it.</summary>
    public bool NeedsPrivilege { get; init; }

    /// <summary>Whether the simulation, whose messages can overtake those of other senders, can show more than what Linux does on a loopback device. What that does is one of its outcomes.</summary>
    public bool IsRace { get; init; }

    /// <summary>What else is to be said: why the simulator does something else, or what the row does not show.</summary>
    public string Remark { get; init; } = "";

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<KernelScenario> All { get; } =
    [
        .. ConnectingScenarios.All,
        .. PortScenarios.All,
        .. EndingScenarios.All,
        .. ClosingScenarios.All,
        .. ResettingScenarios.All,
        .. WindowScenarios.All,
        .. SilenceScenarios.All,
    ];

    public static KernelScenario Find(string name) =>
        All.Single(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal));
}
