using System.CommandLine;
using Deterministic.Soak.Running;

namespace Deterministic.Soak.Usage;

/// <summary>The command line.</summary>
internal static class SoakCommand
{
    public static RootCommand Create(TextWriter output)
    {
        SoakOptions defaults = new();
        Option<int> seconds = Positive("--seconds", "How long it takes, about", (int)defaults.Duration.TotalSeconds);
        Option<int> connections = Positive("--connections", "How many connections at once", defaults.Connections);
        Option<int> seed = Positive("--seed", "What the plans are drawn from", defaults.Seed);
        Option<TransportKind> road = new("--over")
        {
            HelpName = "tcp|unix|tls",
            Description = "What the connections are made over",
        };
        RootCommand command = new(
            "Many connections at once on loopback; every byte and every resource is accounted for."
        )
        {
            seconds,
            connections,
            seed,
            road,
        };
        command.SetAction(
            async (parsed, interrupt) =>
            {
                SoakReport report = await SoakRun.RunAsync(
                    new SoakOptions
                    {
                        Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                        Connections = parsed.GetValue(connections),
                        Seed = parsed.GetValue(seed),
                        Road = parsed.GetValue(road),
                    },
                    interrupt
                );
                await PrintAsync(report, output);
                return report.Violations.Count == 0 ? 0 : 1;
            }
        );
        return command;
    }

    private static async Task PrintAsync(SoakReport report, TextWriter output)
    {
        int width = report.Lines.Max(line => line.Name.Length);
        foreach (SoakLine line in report.Lines)
        {
            await output.WriteLineAsync($"{line.Name.PadRight(width)}  {line.Value}");
        }

        await output.WriteLineAsync();
        foreach (string violation in report.Violations)
        {
            await output.WriteLineAsync($"VIOLATION  {violation}");
        }

        await output.WriteLineAsync(
            report.Violations.Count == 0 ? "Everything is accounted for." : $"{report.Violations.Count} violations."
        );
    }

    private static Option<int> Positive(string name, string description, int defaultValue)
    {
        Option<int> option = new(name)
        {
            HelpName = "N",
            Description = description,
            DefaultValueFactory = _ => defaultValue,
        };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() <= 0)
            {
                result.AddError($"{name} must be positive.");
            }
        });
        return option;
    }
}
