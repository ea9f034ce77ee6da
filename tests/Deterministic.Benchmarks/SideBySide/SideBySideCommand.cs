using System.CommandLine;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary><c>side-by-side [echo|lines]</c>: this library's real sockets and their .NET peers, measured in one process, in turns.</summary>
/// <remarks>
/// Map: <c>Servers</c> are what is compared, <c>Clients</c> load them, all of them with the same code over raw sockets, <c>Measuring</c> takes turns
/// and sums them up, <c>Reporting</c> is what the user sees.
/// </remarks>
internal static class SideBySideCommand
{
    public const string Name = "side-by-side";

    private const string Echo = "echo";
    private const string Lines = "lines";

    public static Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        Argument<string?> what = new("WHAT")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = $"'{Echo}' or '{Lines}'; both if left out",
        };
        what.AcceptOnlyFromAmong(Echo, Lines);
        Option<int> rounds = Bounded("--rounds", "How many turns each server gets in each row", 15, 1, 1000);
        Option<double> seconds = new("--seconds")
        {
            Description = "How long one turn takes",
            DefaultValueFactory = _ => 0.6,
        };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.01 and <= 60))
            {
                result.AddError("--seconds goes from 0.01 to 60.");
            }
        });
        Option<int[]> connections = new("--connections")
        {
            Description = "The rows of echo: how many connections at once",
            DefaultValueFactory = _ => [1, 64, 512],
            AllowMultipleArgumentsPerToken = true,
        };
        connections.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int[]>() is not { Length: > 0 } rows || rows.Any(row => row is < 1 or > 2000))
            {
                result.AddError("--connections goes from 1 to 2000 in each row.");
            }
        });
        Option<int> clients = Bounded("--clients", "How many client threads share the connections of a row", 1, 1, 64);
        Option<bool> pin = new("--pin")
        {
            Description =
                "Clients and servers on processors of their own (Linux): steadier, where nobody else wants them",
        };
        Option<string?> only = new("--only")
        {
            Description = "Only the servers whose name contains one of these words, separated by commas: for profiling",
        };
        RootCommand command = new("Measures this library's real sockets against their .NET peers, in turns.")
        {
            what,
            rounds,
            seconds,
            connections,
            clients,
            pin,
            only,
        };
        command.SetAction(parsed =>
        {
            Plan plan = new(
                parsed.GetValue(rounds),
                TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                parsed.GetValue(connections)!,
                parsed.GetValue(clients),
                parsed.GetValue(only)?.Split(',') ?? [""]
            );
            Console.WriteLine(Processors.Divide(plan.Clients, parsed.GetValue(pin)));
            return parsed.GetValue(what) switch
            {
                Echo => EchoComparison.RunAsync(plan),
                Lines => LineComparison.RunAsync(plan),
                _ => RunAllAsync(plan),
            };
        });
        return command.Parse(arguments).InvokeAsync();
    }

    private static async Task RunAllAsync(Plan plan)
    {
        await EchoComparison.RunAsync(plan);
        await LineComparison.RunAsync(plan);
    }

    private static Option<int> Bounded(string name, string description, int value, int least, int most)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            int given = result.GetValueOrDefault<int>();
            if (given < least || given > most)
            {
                result.AddError($"{name} goes from {least} to {most}.");
            }
        });
        return option;
    }
}
