using System.Globalization;
using System.Text;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A method of the program that waits: the innermost of its chain, for what has not happened by the end of the run.</summary>
public sealed record Waiter
{
    /// <summary>From here on a method that was resumed so often is worth telling: in a livelock it is the one that spins.</summary>
    private const long Often = 100;

    /// <summary>The owner of the wait: the host of the connection, or else of the program; <c>main</c> for what runs on no host.</summary>
    public required string Owner { get; init; }

    /// <summary>The connection that it waits on, as in <c>#3 10.0.0.1:5000 with 10.0.0.2:49152</c>; null if on none.</summary>
    public string? Connection { get; init; }

    /// <summary>What it waits for, in words: <c>a line (ReadLineAsync)</c>.</summary>
    public required string WaitsFor { get; init; }

    /// <summary>Since when, in virtual time; null if that was not recorded.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>Where; null if no method of the program waits, but a task alone.</summary>
    public WaitPlace? Place { get; init; }

    /// <summary>The methods of the program that wait for this one, from the inside out.</summary>
    public IReadOnlyList<WaitPlace> CalledFrom { get; init; } = [];

    /// <summary>Whether such a wait normally lasts as long as the program: a server that serves, a delay without end. Lists have these last.</summary>
    public bool IsExpected { get; init; }

    /// <summary>How often it was resumed before.</summary>
    public long Resumptions { get; init; }

    /// <summary>The waiter in a few lines: who, for what, since when and where; the line of code; who waits for it.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Owner);
        text.Append(Connection is null ? "" : $" {Connection}").Append(" waits for ").Append(WaitsFor);
        if (Since is { } since)
        {
            text.Append(CultureInfo.InvariantCulture, $", since {since.TotalSeconds:0.000} s");
        }

        if (Resumptions >= Often)
        {
            text.Append(CultureInfo.InvariantCulture, $", after {Resumptions} resumptions");
        }

        if (Place is not null)
        {
            text.Append(", in ").Append(Place).Append(Place.Code is null ? "" : $"\n    {Place.Code}");
        }

        foreach (WaitPlace caller in CalledFrom)
        {
            text.Append("\n  called from ").Append(caller);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(Waiter? other) =>
        other is not null
        && string.Equals(Owner, other.Owner, StringComparison.Ordinal)
        && string.Equals(Connection, other.Connection, StringComparison.Ordinal)
        && string.Equals(WaitsFor, other.WaitsFor, StringComparison.Ordinal)
        && Since == other.Since
        && Place == other.Place
        && Resumptions == other.Resumptions
        && IsExpected == other.IsExpected
        && CalledFrom.SequenceEqual(other.CalledFrom);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Owner, WaitsFor, Since);
}
