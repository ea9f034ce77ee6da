using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary>The options by which a command is asked to record a run.</summary>
/// <param name="which">Which run, as descriptions say it.</param>
internal sealed class RecordingOptions(string which)
{
    public const string Json = "--trace-json";
    public const string Capture = "--pcap";

    private readonly Option<bool> _trace = new("--trace")
    {
        Description = $"Tells the story of {which}, event by event",
    };
    private readonly Option<string?> _json = new(Json)
    {
        HelpName = "FILE",
        Description = $"Writes the events of {which} as JSON Lines",
    };
    private readonly Option<string?> _capture = new(Capture)
    {
        HelpName = "FILE",
        Description = $"Writes the packets of {which} as pcapng, for Wireshark",
    };

    public void AddTo(Command command)
    {
        command.Add(_trace);
        command.Add(_json);
        command.Add(_capture);
    }

    public Recording Parse(ToolEnvironment environment, ParseResult parsed) =>
        new(environment, parsed.GetValue(_trace), parsed.GetValue(_json), parsed.GetValue(_capture));

    /// <exception cref="UsageException">There are many runs, and one of them is asked to be recorded; or packets that no simulation sends.</exception>
    public void Verify(ParseResult parsed, SeedRange seeds, bool onSockets)
    {
        string? given =
            parsed.GetValue(_trace) ? "--trace tells the story"
            : parsed.GetValue(_json) is not null ? "--trace-json writes the events"
            : parsed.GetValue(_capture) is not null ? "--pcap writes the packets"
            : null;
        if (given is not null && seeds.Count > 1)
        {
            throw new UsageException($"{given} of a single run: choose it with --seed.");
        }

        if (onSockets && parsed.GetValue(_capture) is not null)
        {
            throw new UsageException("--pcap is for the simulated network only: use tcpdump on real sockets.");
        }
    }
}
