using System.Runtime.InteropServices;
using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation;

/// <summary>
/// The record of what happened. Always hashed, so that two runs can be compared by one number; kept only on demand, and when it
/// isn't, recording neither allocates nor formats anything. Not thread-safe.
/// </summary>
/// <param name="keepEvents">Whether to keep the events themselves, not just their hash.</param>
public sealed class Trace(bool keepEvents = false)
{
    private readonly List<TraceEvent> _events = [];
    private readonly List<ulong> _hashes = [];
    private readonly TraceMarks _marks = new();
    private TraceHash _hash = new();

    /// <summary>Whether the events are kept. What is costly to say need only be said then, but it must not differ in the hash.</summary>
    public bool KeepsEvents { get; } = keepEvents;

    /// <summary>How many events there were, kept or not.</summary>
    public long Count { get; private set; }

    /// <summary>The hash of all events so far: the same for the same events on every machine, and not affected by keeping them.</summary>
    public ulong Hash => _hash.Value;

    /// <summary>The events so far, in order; empty when they aren't kept.</summary>
    public IReadOnlyList<TraceEvent> Events => _events;

    /// <summary><see cref="Events"/>, each with the hash of the trace up to and including it: what two runs are compared by.</summary>
    public IEnumerable<HashedTraceEvent> HashedEvents =>
        _events.Zip(_hashes, (happened, hash) => new HashedTraceEvent(happened, hash));

    /// <summary>The hash at some of its events, for a tape.</summary>
    internal TraceMarks Marks => _marks;

    /// <summary>Records an event.</summary>
    /// <param name="time">When, in virtual time.</param>
    /// <param name="host">Where.</param>
    /// <param name="connection">Which connection; 0 for none.</param>
    /// <param name="kind">What.</param>
    /// <param name="number">The number that goes with it.</param>
    /// <param name="text">The text that goes with it: a constant, or one that exists anyway, lest recording allocates.</param>
    public void Record(
        TimeSpan time,
        string host,
        long connection,
        TraceKind kind,
        long number = 0,
        string text = ""
    ) => Record(new TraceEvent(time, host, connection, kind, number, text), payload: []);

    /// <summary>Records bytes that travel: their number is the event's, and they themselves enter the hash.</summary>
    /// <param name="time">When, in virtual time.</param>
    /// <param name="host">Where.</param>
    /// <param name="connection">Which connection; 0 for none.</param>
    /// <param name="kind">What.</param>
    /// <param name="payload">The bytes; not kept.</param>
    public void Record(TimeSpan time, string host, long connection, TraceKind kind, ReadOnlySpan<byte> payload) =>
        Record(new TraceEvent(time, host, connection, kind, payload.Length, ""), payload);

    /// <summary>Records bytes that travel. Of ciphertext only the number enters the hash, which must be the same whenever the tape is.</summary>
    internal void Record(
        TimeSpan time,
        string host,
        long connection,
        TraceKind kind,
        ReadOnlySpan<byte> payload,
        ContentKind content,
        string text = ""
    ) =>
        Record(
            new TraceEvent(time, host, connection, kind, payload.Length, text),
            content == ContentKind.Repeatable ? payload : []
        );

    /// <summary>Writes the kept events, each on one line, to be read as a story.</summary>
    /// <param name="writer">Where to; not closed.</param>
    public void WriteTo(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        TraceText.Write(CollectionsMarshal.AsSpan(_events), writer);
    }

    /// <summary>Writes the kept events as JSON Lines, in the format of <see cref="TraceJson"/>.</summary>
    /// <param name="writer">Where to; not closed. Lines end with a line feed alone.</param>
    public void WriteJsonTo(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        TraceJson.Write(HashedEvents, writer);
    }

    /// <summary>Writes the kept events as JSON Lines in UTF-8, in the format of <see cref="TraceJson"/>.</summary>
    /// <param name="stream">Where to; not closed.</param>
    public void WriteJsonTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TraceJson.Write(HashedEvents, stream);
    }

    /// <summary>The first kept event that says that a property does not hold; -1 if none does.</summary>
    internal int IndexOfViolation(string property) =>
        _events.FindIndex(happened =>
            happened.Kind == TraceKind.Violation && happened.Text.StartsWith(property, StringComparison.Ordinal)
        );

    private void Record(in TraceEvent happened, ReadOnlySpan<byte> payload)
    {
        _hash.Add(happened.Time.Ticks);
        _hash.Add(happened.Host);
        _hash.Add(happened.Connection);
        _hash.Add((long)happened.Kind);
        _hash.Add(happened.Number);
        _hash.Add(happened.Text);
        _hash.Add(payload);
        Count++;
        _marks.Add(Hash);
        if (KeepsEvents)
        {
            _events.Add(happened);
            _hashes.Add(Hash);
        }
    }
}
