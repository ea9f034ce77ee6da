using Deterministic.Faults.Text;
using Deterministic.Streams;

namespace Deterministic.Faults;

/// <summary>A fault that has struck a decorated network.</summary>
/// <param name="Time">When, since the network was decorated.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="From">Who sends, or asks.</param>
/// <param name="To">Whom.</param>
/// <param name="Connection">The number of the connection, counted from 1 over all hosts; 0 where several are struck.</param>
/// <param name="Lasts">How long it lasts; zero where that has no meaning.</param>
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
