using Deterministic.Kernel.Tests;

// Writes the table of specs/kernel.md anew.
if (LinuxMachine.WhyNot(privileged: true) is { } reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

const ulong Seed = 1;
KernelRow[] rows = await Task.WhenAll(
    KernelScenario.All.Select(async scenario => new KernelRow(
        scenario.Name,
        KernelRow.PlaceOf(scenario),
        await Played.OnLinuxAsync(scenario),
        Played.InSimulation(scenario, Seed),
        scenario.Remark
    ))
);
KernelTable.Read().Write(rows);
Console.WriteLine($"{rows.Length} scenarios, {rows.Count(row => row.Differs)} of them different.");
return 0;
