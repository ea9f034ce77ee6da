using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary>The options that record a run.</summary>
/// <param name="which">Which run, for the descriptions.</param>
internal sealed class RecordingOptions(string which)
{
    public const string Json = "--trace-json";
    public const string Capture = "--pcap";

    private readonly Option<bool> _trace = new("--trace") { Description = $"Prints the events of {which}" };
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

    /// <exception cref="UsageException">A recording is requested for many runs, or packets are requested on real sockets.</exception>
    public void Verify(ParseResult parsed, SeedRange seeds, bool onSockets)
    {
        string? given =
            parsed.GetValue(_trace) ? "--trace prints the events"
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
