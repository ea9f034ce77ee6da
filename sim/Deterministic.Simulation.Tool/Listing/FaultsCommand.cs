using System.CommandLine;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim faults</c>: lists all faults, with their settings and effects.</summary>
internal static class FaultsCommand
{
    public static Command Create(ToolEnvironment environment)
    {
        Command command = new("faults", "Lists the faults for rules, with their settings and effects");
        command.SetAction(_ => Print(environment));
        return command;
    }

    private static int Print(ToolEnvironment environment)
    {
        TextTable table = new("group", "fault", "takes", "what happens");
        foreach (FaultDescriptor fault in FaultCatalog.All)
        {
            table.Add(
                fault.Group.ToString().ToLowerInvariant(),
                fault.Name,
                string.Join(' ', fault.Takes),
                Told(fault)
            );
        }

        table.Print(environment);
        return ExitCodes.NothingFound;
    }

    private static string Told(FaultDescriptor fault)
    {
        string amount = fault.Measured.Length > 0 ? $"; amount: {fault.Measured}" : "";
        string counted = fault.Counted.Length > 0 ? $"; nth: of {fault.Counted}" : "";
        return $"{fault.Description}{amount}{counted}";
    }
}
