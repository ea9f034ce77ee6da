using System.Net;
using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Programs;
using Deterministic.Simulation.Tracing;
using Deterministic.Simulation.Transports;

namespace Deterministic.Simulation.Unix;

/// <summary>
/// One end of a Unix connection, as a kernel has it. What one end writes is at once in the buffer of the other, as far as there is room: there are no packets, and nothing
/// can be lost.
/// </summary>
internal sealed class UnixEndpoint : IFlowNames
{
    private readonly WorldContext _world;
    private readonly int _capacity;
    private readonly ByteRing _unread = new();
    private UnixEndpoint _peer;
    private ContentKind _sends;
    private UnixOutput _output;

    /// <summary>Whether the last write was more than there was room for.</summary>
    private bool _isBlocked;

    private UnixEndpoint(WorldContext world, UnixSockets sockets, long id, int side, EndPoint local, EndPoint remote)
    {
        Key = (2 * id) + side;
        _world = world;
        _capacity = sockets.Host.TcpOptions.SendBufferBytes;
        _peer = this;
        Sockets = sockets;
        Id = id;
        Local = local;
        Remote = remote;
    }

    /// <summary>The Unix sockets of its host.</summary>
    public UnixSockets Sockets { get; }

    public IProgramHost Host => Sockets.Host;

    public long Id { get; }

    /// <summary>This end among those of its host.</summary>
    public long Key { get; }

    public EndPoint Local { get; }

    public EndPoint Remote { get; }

    /// <summary>Told that there is something to read, or room to write. Null before the accept.</summary>
    public Action? Woken { get; set; }

    public int Unread => _unread.Count;

    /// <summary>Whether the peer has ended its half; what is <see cref="Unread"/> comes first.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Why the connection is lost, or null; what is <see cref="Unread"/> comes first.</summary>
    public ConnectionException? Error { get; private set; }

    /// <summary>Whether the peer has more to write, and waits for room.</summary>
    public bool IsPeerBlocked => _peer._isBlocked;

    /// <summary>Whether what is written will not be read.</summary>
    public bool IsBroken => _output == UnixOutput.Broken;

    /// <summary>Bytes that a write would take.</summary>
    public int Room => _output == UnixOutput.Open ? _capacity - _peer.Unread : 0;

    /// <summary>The two ends of a new connection within a host.</summary>
    public static (UnixEndpoint Client, UnixEndpoint Server) Pair(
        WorldContext world,
        UnixSockets sockets,
        EndPoint address
    )
    {
        long id = world.Connections.Next();
        UnixEndpoint client = new(world, sockets, id, side: 0, UnixName.None, address);
        UnixEndpoint server = new(world, sockets, id, side: 1, address, UnixName.None);
        (client._peer, server._peer) = (server, client);
        return (client, server);
    }

    string IFlowNames.From => Host.Name;

    string IFlowNames.To => Host.Name;

    /// <summary>Hands to the peer what it has room for.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="cut">By which fault they were cut off from the rest of the write, for the trace; empty if by none.</param>
    /// <returns>How many bytes that is.</returns>
    public int Write(ReadOnlySpan<byte> data, string cut = "")
    {
        ReadOnlySpan<byte> taken = data[..Math.Min(data.Length, Room)];
        _isBlocked = taken.Length < data.Length;
        if (!taken.IsEmpty)
        {
            Record(TraceKind.Sent, taken, _sends, cut);
            _peer._unread.Append(taken);
            _peer.Record(TraceKind.Received, taken, _sends);
            _peer.Woken?.Invoke();
        }

        return taken.Length;
    }

    /// <summary>Fills memory with what is unread; as much as there is.</summary>
    public void Read(Span<byte> destination)
    {
        bool wasFull = _peer.Room == 0;
        _unread.CopyTo(0, destination);
        _unread.Drop(destination.Length);
        if (wasFull)
        {
            _peer.Woken?.Invoke();
        }
    }

    /// <summary>Ends our half. Idempotent.</summary>
    public void Shutdown()
    {
        if (_output == UnixOutput.Open)
        {
            _output = UnixOutput.Ended;
            Record(TraceKind.SentEof);
            _peer.End();
        }
    }

    /// <summary>Discards what is unread, so that the peer gets no error for it.</summary>
    public void DiscardUnread()
    {
        if (Unread > 0)
        {
            RecordDropped(Unread, DroppedTexts.NotRead);
            _unread.Clear();
        }
    }

    public void RecordDropped(long count, string which) =>
        _world.Trace.Record(_world.Scheduler.Now, Host.Name, Id, TraceKind.Dropped, count, which);

    /// <summary>The program closes it. The peer reads what was written and then the end; or an error, where bytes of its own are still unread here.</summary>
    public void Close()
    {
        if (Unread > 0)
        {
            DiscardUnread();
            _peer.Lose();
        }

        _output = UnixOutput.Broken;
        _peer._output = UnixOutput.Broken;
        _peer.End();
        _peer.Woken?.Invoke();
    }

    /// <summary>It will not be accepted.</summary>
    public void Reset()
    {
        _unread.Clear();
        _peer.Lose();
        Close();
    }

    /// <summary>From here on the program sends bytes that are different in each run.</summary>
    public void MarkEncrypted() => _sends = ContentKind.Random;

    public void Record(TraceKind kind, string text = "") =>
        _world.Trace.Record(_world.Scheduler.Now, Host.Name, Id, kind, text: text);

    private void End()
    {
        if (!HasEnded)
        {
            HasEnded = true;
            Record(TraceKind.ReceivedEof);
            Woken?.Invoke();
        }
    }

    private void Lose()
    {
        Error ??= ConnectionErrors.ResetByPeer();
        Record(TraceKind.ReceivedReset);
    }

    private void Record(TraceKind kind, ReadOnlySpan<byte> data, ContentKind content, string text = "") =>
        _world.Trace.Record(_world.Scheduler.Now, Host.Name, Id, kind, data, content, text);
}
