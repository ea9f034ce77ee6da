using System.Buffers;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

/// <summary>Sends a payload at the pace that it is let, ends its half, and gathers the answer.</summary>
/// <param name="payload">What to send.</param>
/// <param name="pieceSize">How much of it in one write.</param>
/// <param name="prepare">What to do with the transport before the first write.</param>
internal sealed class AskingProtocol(byte[] payload, int pieceSize, Action<ProtocolTransport>? prepare = null)
    : OrderedProtocol
{
    private readonly ArrayBufferWriter<byte> _answer = new();
    private readonly TaskCompletionSource<byte[]> _end = new();
    private int _sent;
    private bool _wait;

    /// <summary>The answer, once the connection has ended in order; the error, if it was lost.</summary>
    public Task<byte[]> Answer => _end.Task;

    /// <summary>The most that was queued after a write.</summary>
    public long MostQueued { get; private set; }

    protected override void Made()
    {
        prepare?.Invoke(Transport);
        SendOn();
    }

    protected override void Received(in ReadOnlySequence<byte> data)
    {
        foreach (ReadOnlyMemory<byte> piece in data)
        {
            _answer.Write(piece.Span);
        }
    }

    protected override void Paused() => _wait = true;

    protected override void Resumed()
    {
        _wait = false;
        SendOn();
    }

    protected override void Lost(Exception? exception)
    {
        if (exception is null)
        {
            _end.SetResult(_answer.WrittenSpan.ToArray());
        }
        else
        {
            _end.SetException(exception);
        }
    }

    private void SendOn()
    {
        while (!_wait && _sent < payload.Length)
        {
            int count = Math.Min(pieceSize, payload.Length - _sent);
            _sent += count;
            Transport.Write(payload.AsSpan(_sent - count, count));
            MostQueued = Math.Max(MostQueued, Transport.Buffered);
            if (_sent == payload.Length)
            {
                Transport.WriteEof();
            }
        }
    }
}
