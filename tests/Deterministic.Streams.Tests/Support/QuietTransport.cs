using System.Buffers;
using System.Net;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>A transport that allocates nothing: every receive and send is pending until the test ends it.</summary>
internal sealed class QuietTransport : Transport
{
    private Memory<byte> _receiving;
    private long _sending;

    public override EndPoint? LocalEndPoint => null;

    public override EndPoint? RemoteEndPoint => null;

    /// <summary>Whether direct sends are taken.</summary>
    public bool TakesAtOnce { get; set; } = true;

    public long Sent { get; private set; }

    public void Arrive(ReadOnlySpan<byte> data)
    {
        data.CopyTo(_receiving.Span);
        Handler.ReceiveCompleted(TransportResult.Completed(data.Length));
    }

    /// <summary>Takes all of the send under way.</summary>
    public void Accept()
    {
        long count = _sending;
        Sent += count;
        Handler.SendCompleted(TransportResult.Completed((int)count));
    }

    public override TransportResult Receive(Memory<byte> buffer)
    {
        _receiving = buffer;
        return TransportResult.Pending;
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        Sent += TakesAtOnce ? data.Length : 0;
        return TakesAtOnce ? TransportResult.Completed(data.Length) : TransportResult.WouldBlock;
    }

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        _sending = data.Length;
        return TransportResult.Pending;
    }

    public override TransportResult ShutdownWrite() => TransportResult.Done;

    public override TransportResult Close() => TransportResult.Done;

    public override void Abort() { }

    public override void Schedule(Action<object?> callback, object? state) => callback(state);
}
