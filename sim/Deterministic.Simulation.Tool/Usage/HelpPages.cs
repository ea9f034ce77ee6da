using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Deterministic.Simulation.Tool;

/// <summary>The generated help, followed by examples and exit codes.</summary>
internal sealed class HelpPages : SynchronousCommandLineAction
{
    private const int ReadableWidth = 110;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        new HelpAction { MaxWidth = ReadableWidth }.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        foreach (string line in More(parseResult.CommandResult.Command.Name))
        {
            output.WriteLine(line);
        }

        return ExitCodes.NothingFound;
    }

    private static string[] More(string command) =>
        command switch
        {
            "detsim" =>
            [
                "Examples:",
                "  detsim run chat --seeds 2000               a correct protocol under faults: finds nothing",
                "  detsim run chat-broken                     a broken one: finds the bug and saves its tapes",
                "  detsim replay .detsim/chat-broken-lossy-wan-1.tape --trace",
                "  detsim check chat --seeds 2000             the same runs again, here and in another process: no difference",
                "  detsim run chat --faults calm --fault \"reset nth=20 at-most=1\"",
                "  detsim run chat --driver sockets           the same code on real sockets of this machine",
                "  detsim run chat --driver sockets --faults lossy-wan",
                "",
                "Exit codes:",
                "  0 nothing found, 1 found, 2 bad usage, 70 an error in detsim itself, 130 interrupted",
                "",
            ],
            "run" =>
            [
                "Examples:",
                "  detsim run chat --faults chaos --seeds 1000",
                "  detsim run chat --faults calm --fault \"reset on=client>server after-bytes=1000 at-most=1\"",
                "",
                "A seed decides everything in the simulation: the same seed makes the same run, on every machine.",
                "On real sockets it decides what the scenario itself draws, and which faults strike; the order of events depends on the machine.",
                "",
                "Exit codes:",
                "  0 nothing found, 1 found, 2 bad usage or a file that cannot be written, 70 an error in detsim itself, 130 interrupted",
                "",
            ],
            "faults" =>
            [
                "A rule is the name of a fault and settings, in any order, such as for --fault of 'detsim run':",
                "  stall on=client>server p=30 from=10s until=1min for=200ms..2s",
                "",
                "All faults accept",
                "  on=A>B, on=A<>B  what A sends B; what they send each other; * for any host",
                "  on=A             what is sent to A; for faults that strike hosts, A",
                "  from=T, until=T  a span of virtual time",
                "  at-most=N        how many times in one run",
                "and those listed in the table:",
                "  p=N              a probability in thousandths",
                "  nth=N            the Nth opportunity, from 1, of the kind in the table",
                "  after-bytes=N    once in each connection and direction, right after N bytes",
                "  at=T, every=T    a point in time; repeatedly, T apart on average",
                "  for=T, for=T..T  how long it lasts, or how much it delays",
                "  amount=N         how much, and spread=N a second amount",
                "  latency=TEXT     uniform:T,T normal:T,T exponential:T,T pareto:T,SHAPE,T bimodal:T,T,N",
                "Times T are written 250ms, 1.5s, 2min, 1h, 100us.",
                "",
            ],
            "replay" =>
            [
                "Exit codes:",
                "  0 nothing found, as recorded; 1 found again, or the result differs from the recorded one: the program has changed, or is not deterministic;",
                "  2 bad usage, an unusable tape, or a file that cannot be written; 70 an error in detsim itself",
                "",
            ],
            "check" =>
            [
                "Each seed is run twice in this process and once in another. A difference comes from outside the simulation:",
                "real time, other randomness, a static field, the order of a hash table.",
                "",
                "Exit codes:",
                "  0 no difference, 1 a difference, 2 bad usage, 130 interrupted",
                "",
            ],
            "demo" => ["Exit codes:", "  0 all steps passed, 1 a step failed", ""],
            _ => [],
        };
}
