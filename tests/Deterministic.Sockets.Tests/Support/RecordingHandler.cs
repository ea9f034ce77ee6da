using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>Stands in for a connection: keeps what a transport reports.</summary>
internal sealed class RecordingHandler : ITransportHandler
{
    private readonly Channel<TransportResult> _receives = Channel.CreateUnbounded<TransportResult>();
    private readonly Channel<TransportResult> _sends = Channel.CreateUnbounded<TransportResult>();

    private readonly Channel<TransportResult> _closes = Channel.CreateUnbounded<TransportResult>();

    public ChannelReader<TransportResult> Receives => _receives.Reader;

    public ChannelReader<TransportResult> Sends => _sends.Reader;

    public ChannelReader<TransportResult> Closes => _closes.Reader;

    public static RecordingHandler Attach(Transport transport)
    {
        RecordingHandler handler = new();
        CallAttach(transport, handler);
        return handler;
    }

    public void ReceiveCompleted(TransportResult result) => _receives.Writer.TryWrite(result);

    public void SendCompleted(TransportResult result) => _sends.Writer.TryWrite(result);

    public void ShutdownWriteCompleted(TransportResult result) =>
        throw new InvalidOperationException("Sockets shut down at once.");

    public void CloseCompleted(TransportResult result) => _closes.Writer.TryWrite(result);

    // Attaching is the streams' own business; these tests look below them.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Attach")]
    private static extern void CallAttach(Transport transport, ITransportHandler handler);
}
