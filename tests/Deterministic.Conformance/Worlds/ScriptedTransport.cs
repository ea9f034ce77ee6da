using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Conformance;

/// <summary>
/// A socket whose other side is the script: it takes bytes on credit, and gives what the peer of the script sends.
/// Each operation does what a non-blocking socket would do; one that cannot end yet waits for a step that lets it.
/// </summary>
internal sealed class ScriptedTransport(EventLog events, WorkQueue work, int largestArrival) : Transport
{
    /// <summary>What a receive gives once the peer has shut down its side: an empty chunk among the arrivals.</summary>
    private static readonly ReadOnlyMemory<byte> EndOfFile = ReadOnlyMemory<byte>.Empty;

    private readonly LinkedList<ReadOnlyMemory<byte>> _arrived = [];
    private long _credit;
    private ConnectionException? _failure;
    private bool _peerEnded;
    private bool _gone;

    /// <summary>Where the receive that waits receives to; null if none waits.</summary>
    private Memory<byte>? _receiving;

    /// <summary>What the send that waits sends; null if none waits.</summary>
    private ReadOnlySequence<byte>? _sending;

    /// <summary>The format has one arrival be one receive, whatever its size.</summary>
    public override int SmallestReceive => largestArrival;

    public override EndPoint? LocalEndPoint => null;

    public override EndPoint? RemoteEndPoint => null;

    public void Accept(long count)
    {
        // Enough credit is enough: a script may add up more than a number can hold.
        _credit = count > long.MaxValue - _credit ? long.MaxValue : _credit + count;
        Wake();
    }

    public void PeerData(byte[] data)
    {
        if (data.Length > 0)
        {
            Arrive(data);
        }
    }

    public void PeerEof()
    {
        Arrive(EndOfFile);
        _peerEnded = true;
    }

    public void Lose(string message)
    {
        _failure = new ConnectionException(ConnectionErrorKind.Reset, message);
        Wake();
    }

    public override TransportResult Receive(Memory<byte> buffer)
    {
        TransportResult result = TryReceive(buffer);
        if (result.Status == TransportStatus.Pending)
        {
            _receiving = buffer;
        }

        return result;
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data) =>
        TrySend(new ReadOnlySequence<byte>(data.ToArray()));

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        TransportResult result = TrySend(data);
        if (result is not { Status: TransportStatus.Completed, Count: 0 })
        {
            return result;
        }

        _sending = data;
        return TransportResult.Pending;
    }

    /// <summary>Never fails, even on a lost socket: the next receive or send finds the loss.</summary>
    public override TransportResult ShutdownWrite()
    {
        events.ShutdownWrite();
        return TransportResult.Done;
    }

    public override TransportResult Close()
    {
        Abort();
        return TransportResult.Done;
    }

    public override void Abort()
    {
        events.Closed();
        _gone = true;
        Schedule(static state => ((ScriptedTransport)state!).EndCutShort(), this);
    }

    public override void Schedule(Action<object?> callback, object? state) => work.Add(callback, state);

    private void Arrive(ReadOnlyMemory<byte> chunk)
    {
        if (!_peerEnded && !_gone)
        {
            _arrived.AddLast(chunk);
            Wake();
        }
    }

    /// <summary>Ends the operations that can end now. The script's steps are this driver's events, so handlers run on their stack.</summary>
    private void Wake()
    {
        if (_sending is { } data && TrySend(data) is not { Status: TransportStatus.Completed, Count: 0 } and var sent)
        {
            _sending = null;
            Handler.SendCompleted(sent);
        }

        if (_receiving is { } buffer && TryReceive(buffer) is not { Status: TransportStatus.Pending } and var received)
        {
            _receiving = null;
            Handler.ReceiveCompleted(received);
        }
    }

    /// <summary>A driver owes a result for every operation that it let wait.</summary>
    private void EndCutShort()
    {
        TransportResult over = TransportResult.Failed(
            new ConnectionException(ConnectionErrorKind.Aborted, "Closed by the script.")
        );
        if (_sending is not null)
        {
            _sending = null;
            Handler.SendCompleted(over);
        }

        if (_receiving is not null)
        {
            _receiving = null;
            Handler.ReceiveCompleted(over);
        }
    }

    private TransportResult TrySend(in ReadOnlySequence<byte> data)
    {
        if (_failure is not null)
        {
            return TransportResult.Failed(_failure);
        }

        int count = (int)Math.Min(data.Length, _credit);
        if (count == 0)
        {
            return TransportResult.WouldBlock;
        }

        _credit -= count;
        events.Sent(data.Slice(0, count).ToArray());
        return TransportResult.Completed(count);
    }

    private TransportResult TryReceive(Memory<byte> buffer)
    {
        if (_failure is not null)
        {
            return TransportResult.Failed(_failure);
        }

        if (_arrived.First is not { Value: var chunk })
        {
            return TransportResult.Pending;
        }

        // A chunk larger than the memory that the connection lends comes in several receives, as on any socket.
        int count = Math.Min(chunk.Length, buffer.Length);
        chunk[..count].CopyTo(buffer);
        _arrived.RemoveFirst();
        if (count < chunk.Length)
        {
            _arrived.AddFirst(chunk[count..]);
        }

        return chunk.IsEmpty ? TransportResult.EndOfFile : TransportResult.Completed(count);
    }
}
