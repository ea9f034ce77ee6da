using System.Globalization;
using Deterministic.Kernel.Tests;

// Writes the table of specs/kernel.md anew. With "fuzz COUNT SEED", plays so many random programs instead.
if (LinuxMachine.WhyNot(privileged: args is not ["fuzz", ..]) is { } reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

if (args is ["fuzz", var count, var first])
{
    return await FuzzRun.RunAsync(
        int.Parse(count, CultureInfo.InvariantCulture),
        int.Parse(first, CultureInfo.InvariantCulture)
    );
}

KernelRow[] rows = await Task.WhenAll(
    KernelScenario.All.Select(async scenario =>
    {
        string linux = await Played.OnLinuxAsync(scenario);
        HashSet<string> simulated = Played.InSimulation(scenario);
        return new KernelRow(
            scenario.Name,
            KernelRow.PlaceOf(scenario),
            linux,
            simulated.Contains(linux) ? linux : simulated.First(),
            scenario.Remark
        );
    })
);
KernelTable.Read().Write(rows);
Console.WriteLine($"{rows.Length} scenarios, {rows.Count(row => row.Differs)} of them different.");
return 0;
