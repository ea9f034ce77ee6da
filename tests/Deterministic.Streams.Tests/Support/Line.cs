using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

/// <summary>A protocol on a connection over a scripted transport.</summary>
internal sealed class Line
{
    public Line(Action<RecordingProtocol>? prepare = null, int high = 8)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        Network = new ScriptedNetwork();
        prepare?.Invoke(Protocol);
        ClientOptions options = new() { WriteBufferLimits = WriteBufferLimits.Create(high) };
        Task<(ProtocolTransport Transport, RecordingProtocol Protocol)> connected = Network
            .ConnectProtocolAsync(() => Protocol, "there", 80, options)
            .AsTask();
        Transport = connected.Now().Transport;
    }

    public ScriptedNetwork Network { get; }

    /// <summary>The driver's.</summary>
    public ScriptedTransport Wire => Network.Transport;

    /// <summary>The protocol's.</summary>
    public ProtocolTransport Transport { get; }

    public RecordingProtocol Protocol { get; } = new();

    public string Told => Protocol.Told;

    /// <summary>The network takes nothing from now on, and so much is written.</summary>
    public void SaturatedWriter(int count)
    {
        Wire.Limit(0);
        Write(new string('x', count));
    }

    public void Write(string text) => Transport.Write(Bytes.Of(text));
}
