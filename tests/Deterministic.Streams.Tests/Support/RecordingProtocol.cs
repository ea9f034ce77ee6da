using System.Buffers;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

/// <summary>A protocol that records its callbacks, and runs what the test sets for each.</summary>
internal sealed class RecordingProtocol : StreamProtocol
{
    private readonly List<string> _told = [];

    /// <summary>Its callbacks, in order.</summary>
    public string Told => string.Join(' ', _told);

    /// <summary>What is done in each callback, by its word.</summary>
    public Dictionary<string, Action<RecordingProtocol>> Does { get; } = [];

    /// <summary>What it answers to the peer's end.</summary>
    public bool KeepsOpen { get; set; }

    public ProtocolTransport Transport { get; private set; } = null!;

    public string Received { get; private set; } = "";

    public Exception? Error { get; private set; }

    public void Forget() => _told.Clear();

    public override void ConnectionMade(ProtocolTransport transport)
    {
        Transport = transport;
        Tell("made");
    }

    public override void DataReceived(ReadOnlySequence<byte> data)
    {
        Received += Bytes.Text(data.ToArray());
        Tell("data");
    }

    public override bool EofReceived()
    {
        Tell("eof");
        return KeepsOpen;
    }

    public override void PauseWriting() => Tell("pause");

    public override void ResumeWriting() => Tell("resume");

    public override void ConnectionLost(Exception? exception)
    {
        Error = exception;
        Tell("lost");
    }

    private void Tell(string what)
    {
        _told.Add(what);
        if (Does.TryGetValue(what, out Action<RecordingProtocol>? action))
        {
            action(this);
        }
    }
}
