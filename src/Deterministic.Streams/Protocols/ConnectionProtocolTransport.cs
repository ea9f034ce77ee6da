using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Protocols;

/// <summary>Drives a protocol from a <see cref="Connection"/>.</summary>
/// <remarks>
/// Two flows call back. The reading one (this file's neighbour) makes, receives, ends and loses the connection, one after the other, so their order needs no state.
/// The writing one pauses where a write goes too far, on the writer's stack, and resumes on its own. They take turns in the lane.
/// </remarks>
internal sealed partial class ConnectionProtocolTransport : ProtocolTransport
{
    private readonly Connection _connection;
    private readonly SerialExecutor _lane;
    private readonly ReadingFlow _reading;
    private readonly TaskCompletionSource _completion = new();

    /// <summary>Where callbacks belong; null for the driver's own stack.</summary>
    private readonly SynchronizationContext? _context = SynchronizationContext.Current;
    private volatile StreamProtocol _protocol;
    private volatile ProtocolPhase _phase;

    private ConnectionProtocolTransport(Connection connection, StreamProtocol protocol)
    {
        _connection = connection;
        _protocol = protocol;
        _lane = new SerialExecutor(connection.Schedule);
        _reading = new ReadingFlow(connection.Schedule);
    }

    public override StreamProtocol Protocol => _protocol;

    public override Task Completion => _completion.Task;

    public override bool IsClosing => _connection.Writer.IsClosing;

    public override bool IsReading => _reading.IsFlowing && !IsClosing;

    public override bool CanWriteEof => _connection.Writer.CanWriteEof;

    public override long Buffered => _connection.Writer.Buffered;

    public override TimeProvider TimeProvider => _connection.TimeProvider;

    internal override long RoomWhileFlowing => _connection.Writer.RoomAfterDrain;

    public override WriteBufferLimits WriteBufferLimits
    {
        get => _connection.Writer.WriteBufferLimits;
        set
        {
            _connection.Writer.WriteBufferLimits = value;
            PauseIfFull();
        }
    }

    /// <summary>Gives a connection to a new protocol. <see cref="StreamProtocol.ConnectionMade"/> has returned when this does.</summary>
    /// <param name="connection">From here on the protocol's.</param>
    /// <param name="factory">Makes the protocol. If it fails, the connection is aborted.</param>
    public static (ProtocolTransport Transport, TProtocol Protocol) Start<TProtocol>(
        Connection connection,
        Func<TProtocol> factory
    )
        where TProtocol : StreamProtocol
    {
        TProtocol protocol;
        try
        {
            protocol =
                factory()
                ?? throw new InvalidOperationException(
                    "The factory returned no protocol: it must make a new one for each connection."
                );
        }
        catch
        {
            connection.Abort();
            throw;
        }

        ConnectionProtocolTransport transport = new(connection, protocol);
        _ = transport.RunAsync();
        return (transport, protocol);
    }

    public override void SetProtocol(StreamProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        _protocol = protocol;
    }

    public override void Write(ReadOnlySpan<byte> data)
    {
        _connection.Writer.Write(data);
        PauseIfFull();
    }

    public override void Write(in ReadOnlySequence<byte> data)
    {
        _connection.Writer.Write(data);
        PauseIfFull();
    }

    public override void WriteLines(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        _connection.Writer.WriteLines(lines);
        PauseIfFull();
    }

    public override void WriteEof() => _connection.Writer.WriteEof();

    public override void Close()
    {
        EndReceiving();
        _connection.Writer.Close();
    }

    public override void Abort()
    {
        EndReceiving();
        _connection.Abort();
    }

    public override void PauseReading() => _reading.Pause();

    public override void ResumeReading() => _reading.Resume();

    public override object? GetExtraInfo(string name, object? defaultValue = null) =>
        _connection.Writer.GetExtraInfo(name, defaultValue);

    public override void Schedule(Action<object?> callback, object? state) => _connection.Schedule(callback, state);

    private void EndReceiving() => Interlocked.CompareExchange(ref _phase, ProtocolPhase.Closing, ProtocolPhase.Open);
}
