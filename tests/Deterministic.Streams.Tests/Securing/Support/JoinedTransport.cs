using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>One of two ends in memory. All that happens is work for the test's own queue, so that it is the same each time.</summary>
internal sealed class JoinedTransport(TestQueue queue, TestTime time, int port) : Transport
{
    private readonly Queue<byte> _arrived = [];
    private readonly List<byte> _sent = [];
    private Memory<byte> _receiving;
    private ReadOnlySequence<byte> _sending;

    public override EndPoint? LocalEndPoint { get; } = new IPEndPoint(IPAddress.Loopback, port);

    public override EndPoint? RemoteEndPoint => Peer.LocalEndPoint;

    public override TimeProvider TimeProvider => time;

    public JoinedTransport Peer { get; private set; } = null!;

    /// <summary>How much the network holds of what goes to this end.</summary>
    public int Window { get; set; } = 64 * 1024;

    /// <summary>What happens to each byte that this end sends.</summary>
    public Func<byte, byte>? Tamper { get; set; }

    /// <summary>Why nothing comes any more; null as long as something may.</summary>
    public TransportResult? End { get; set; }

    /// <summary>How this end was let go: "close", "abort", or null.</summary>
    public string? Gone { get; private set; }

    /// <summary>All that this end sent.</summary>
    public byte[] Sent => [.. _sent];

    public int Unread => _arrived.Count;

    /// <summary>Sends of this end that wait for room.</summary>
    public bool IsSending => !_sending.IsEmpty;

    public static (JoinedTransport Client, JoinedTransport Server) Pair(TestQueue queue, TestTime time)
    {
        JoinedTransport client = new(queue, time, 1);
        JoinedTransport server = new(queue, time, 2) { Peer = client };
        client.Peer = server;
        return (client, server);
    }

    /// <summary>The peer's end of file, or its loss, comes after what has arrived.</summary>
    public void EndWith(TransportResult end)
    {
        End ??= end;
        queue.Add(Advance);
    }

    public override TransportResult Receive(Memory<byte> buffer)
    {
        TransportResult result = TakeArrived(buffer);
        _receiving = result.Status == TransportStatus.Pending ? buffer : default;
        return result;
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        if (End is { Status: TransportStatus.Failed } lost)
        {
            return lost;
        }

        if (Peer.Gone is not null)
        {
            return Failed(ConnectionErrorKind.BrokenPipe);
        }

        int count = Math.Min(data.Length, Math.Max(0, Peer.Window - Peer._arrived.Count));
        foreach (byte value in data[..count])
        {
            _sent.Add(value);
            Peer._arrived.Enqueue(Tamper?.Invoke(value) ?? value);
        }

        queue.Add(Peer.Advance);
        return TransportResult.Completed(count);
    }

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        TransportResult result = TrySend(data.FirstSpan);
        bool blocked = result is { Status: TransportStatus.Completed, Count: 0 };
        _sending = blocked ? data : default;
        return blocked ? TransportResult.Pending : result;
    }

    public override TransportResult ShutdownWrite()
    {
        Peer.EndWith(TransportResult.EndOfFile);
        return TransportResult.Done;
    }

    public override TransportResult Close()
    {
        Leave("close");
        Peer.EndWith(TransportResult.EndOfFile);
        return TransportResult.Done;
    }

    public override void Abort()
    {
        Leave("abort");
        Peer.End ??= Failed(ConnectionErrorKind.Reset);
        queue.Add(Peer.Advance);
    }

    public override void Schedule(Action<object?> callback, object? state) => queue.Add(() => callback(state));

    public override object? GetExtraInfo(string name) =>
        string.Equals(name, "socket", StringComparison.Ordinal) ? "a wire" : null;

    /// <summary>Ends what waits, if it can be.</summary>
    public void Advance()
    {
        if (!_receiving.IsEmpty && TakeArrived(_receiving) is { Status: not TransportStatus.Pending } received)
        {
            _receiving = default;
            Handler.ReceiveCompleted(received);
        }

        if (_sending.IsEmpty)
        {
            return;
        }

        ReadOnlySequence<byte> data = _sending;
        TransportResult sent = Gone is null ? Send(data) : Failed(ConnectionErrorKind.Aborted);
        if (sent.Status != TransportStatus.Pending)
        {
            _sending = default;
            Handler.SendCompleted(sent);
        }
    }

    private static TransportResult Failed(ConnectionErrorKind kind) =>
        TransportResult.Failed(new ConnectionException(kind, kind.ToString()));

    private TransportResult TakeArrived(Memory<byte> buffer)
    {
        if (Gone is not null)
        {
            return Failed(ConnectionErrorKind.Aborted);
        }

        if (_arrived.Count == 0)
        {
            return End ?? TransportResult.Pending;
        }

        int count = Math.Min(buffer.Length, _arrived.Count);
        for (int i = 0; i < count; i++)
        {
            buffer.Span[i] = _arrived.Dequeue();
        }

        queue.Add(Peer.Advance);
        return TransportResult.Completed(count);
    }

    private void Leave(string how)
    {
        Gone ??= how;
        queue.Add(Advance);
    }
}
