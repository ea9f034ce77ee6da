using Deterministic.Faults.Text;
using Deterministic.Streams;

namespace Deterministic.Faults;

/// <summary>A fault injected into a decorated network.</summary>
/// <param name="Time">When, since the network was decorated.</param>
/// <param name="Rule">The rule.</param>
/// <param name="From">The sender or client.</param>
/// <param name="To">The receiver or server.</param>
/// <param name="Connection">The number of the connection, counted from 1 over all hosts; 0 if several are affected.</param>
/// <param name="Lasts">How long it lasts; zero if it has no duration.</param>
public sealed record InjectedFault(
    TimeSpan Time,
    FaultRule Rule,
    string From,
    string To,
    long Connection,
    TimeSpan Lasts
)
{
    /// <summary>In one line.</summary>
    public override string ToString() =>
        $"{Rule.Descriptor.Name}, {From} to {To}{(Lasts > TimeSpan.Zero ? $", for {DurationText.Format(Lasts)}" : "")}";
}
