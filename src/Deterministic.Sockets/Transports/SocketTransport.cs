using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Deterministic.Sockets.Connecting;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Tuning;
using Deterministic.Sockets.Watching;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Transports;

/// <summary>
/// One connected stream socket.
/// <para>This folder is one connected socket. Read this file first; then <see cref="ReceiveOperation"/> and <see cref="SendOperation"/> (what has to wait), <see cref="SocketCloser"/> and <see cref="SendQueueWait"/> (how it ends), <see cref="LayerWork"/> (what TLS schedules).</para>
/// </summary>
/// <remarks>
/// <para>
/// The socket is non-blocking, so that a send can be tried at once from the caller's memory; receives, and sends that must wait,
/// go through one reusable operation each. Results that were pending arrive on the thread pool, and the streams continue there.
/// </para>
/// <para>Calls can race with <see cref="Close"/> and <see cref="Abort"/>: an operation that comes too late ends as one that was cut short.</para>
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design",
    "CA1001",
    Justification = "Its operations are disposed of by their retirement: at the close, or by their last completion after it."
)]
internal sealed partial class SocketTransport : Transport
{
    private static readonly Action<object?> ResumeCallback = static state => ((SocketTransport)state!).Resume();

    private readonly Socket _socket;
    private readonly ReceiveOperation _receive;
    private readonly TimeSpan? _linger;

    /// <summary>Bytes that were received before this transport had the socket.</summary>
    private readonly long _readBefore;
    private volatile SocketState _state;

    /// <summary>Made when first needed: most connections never have to wait to send, nor have several segments queued.</summary>
    private SendOperation? _send;

    /// <summary>Whether this side has ended its half, so that the kernel may be done with the connection once the peer has.</summary>
    private volatile bool _hasEndedHalf;
    private VectoredSend? _vectored;

    /// <summary>Made by a close that waits.</summary>
    private SendQueueWait? _lingering;

    /// <summary>Notifies when the socket is ready, independently of the thread pool. Made when first needed: by a thread that blocks, or a send that has to wait.</summary>
    private SocketWatch? _watch;

    /// <summary>What layers have scheduled. Made when first needed.</summary>
    private LayerWork? _layerWork;

    /// <summary>The threads that block until an operation here ends; replaced, not changed. The last one gets the work.</summary>
    private volatile BlockedThread[] _blocked = [];

    /// <param name="socket">Connected; owned by the transport from here on.</param>
    /// <param name="options">Those that are of the socket.</param>
    /// <param name="time">The network's; measures how long a close may linger.</param>
    /// <param name="readBefore">Bytes that were received from the socket before: <see cref="OpenSocket.CountRead"/>.</param>
    /// <exception cref="ArgumentException">This system does not take the options.</exception>
    /// <exception cref="SocketException">It is no longer connected.</exception>
    public SocketTransport(Socket socket, ConnectionOptions options, TimeProvider time, long readBefore = 0)
    {
        _socket = socket;
        _readBefore = readBefore;
        _linger = options.Linger;
        TimeProvider = time;
        socket.Blocking = false;
        SocketTuning.Apply(socket, options);

        // Asked now, because they stay known after the close: W-INFO-02.
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        _receive = new ReceiveOperation(this, socket);
    }

    public override EndPoint? LocalEndPoint { get; }

    public override EndPoint? RemoteEndPoint { get; }

    public override TimeProvider TimeProvider { get; }

    /// <summary>Whether this side closed it, so that what fails afterwards is no error.</summary>
    internal bool IsClosed => _state != SocketState.Open;

    public override TransportResult Receive(Memory<byte> buffer)
    {
        TransportResult result = _receive.Begin(buffer);
        if (result.Status == TransportStatus.Pending)
        {
            WatchForBlocked();
        }

        return result;
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        try
        {
            int sent = _socket.Send(data, SocketFlags.None, out SocketError error);
            return SentAtOnce(sent, error);
        }
        catch (ObjectDisposedException)
        {
            return SocketErrors.ClosedHere;
        }
    }

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        if (data.IsSingleSegment)
        {
            return SendOrWait(data.First);
        }

        TransportResult result = TrySendVectored(data);
        return result is { Status: TransportStatus.Completed, Count: 0 } ? SendOrWait(data.First) : result;
    }

    public override TransportResult ShutdownWrite()
    {
        _hasEndedHalf = true;
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            return TransportResult.Done;
        }
        catch (SocketException error)
        {
            return TransportResult.Failed(SocketErrors.Lost(error.SocketErrorCode));
        }
        catch (ObjectDisposedException)
        {
            return SocketErrors.ClosedHere;
        }
    }

    public override void Schedule(Action<object?> callback, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(callback, state, preferLocal: false);

    /// <inheritdoc/>
    /// <remarks>The first thread that comes does it: one that blocks here now or later, or one of the pool.</remarks>
    public override void ScheduleLayer(Action<object?> callback, object? state)
    {
        LazyInitializer.EnsureInitialized(ref _layerWork).Add(callback, state);
        if (!TryPostToBlocked())
        {
            Schedule(ResumeCallback, this);
        }
    }

    public override object? GetExtraInfo(string name) =>
        string.Equals(name, "socket", StringComparison.Ordinal) ? _socket : null;

    /// <summary>
    /// What a send that waited has failed with. The kernel reports a loss once: if it was reported to the receive, the send finds a broken pipe, although it waited for the same connection.
    /// </summary>
    internal SocketError LossBehind(SocketError error) =>
        error != SocketError.Shutdown ? error
        : _receive.LastError != SocketError.Success ? _receive.LastError
        : WasReset() ? SocketError.ConnectionReset
        : error;

    /// <summary>Whether what looks like the peer's end is a reset, to be asked once nothing is unread.</summary>
    /// <remarks>
    /// The kernel reports a reset once: to a send that was quicker than the receive, which then finds an end of file. It closes the connection in both cases, but has counted
    /// the number of a FIN only if one has arrived: then this is the peer's end, even if a reset came behind it.
    /// </remarks>
    internal bool WasReset()
    {
        if (_hasEndedHalf || IsClosed || !TcpInfo.IsSupported || !SocketTuning.IsTcp(_socket))
        {
            return false;
        }

        try
        {
            TcpInfo info = TcpInfo.Of(_socket);
            return info.State == KernelTcpState.Close && info.Received <= _readBefore + _receive.Received;
        }
        catch (ObjectDisposedException)
        {
            // Closed by another thread meanwhile: then the answer no longer matters.
            return false;
        }
    }

    /// <summary>Whether <see cref="OnReady"/> will be called.</summary>
    internal bool TryWatch(SocketEvents events)
    {
        SocketWatch watch =
            _watch ?? Interlocked.CompareExchange(ref _watch, new SocketWatch(_socket, OnReady), null) ?? _watch;
        bool watches = watch.TryWait(events);
        if (_state == SocketState.Closed)
        {
            // The close may have come too early to see it.
            watch.Close();
        }

        return watches;
    }

    internal void OnReceived(in TransportResult result) => Handler.ReceiveCompleted(result);

    internal void OnSent(in TransportResult result) => Handler.SendCompleted(result);

    /// <summary>On the watcher's thread: passes the work on. A receive that no thread blocks for is reported by the runtime.</summary>
    private void OnReady(SocketEvents events)
    {
        if (!TryPostToBlocked() && events.HasFlag(SocketEvents.Send))
        {
            Schedule(ResumeCallback, this);
        }
    }

    /// <summary>On a blocked thread or on the pool: carries on with what waits.</summary>
    private void Resume()
    {
        _receive.Resume();
        _send?.Resume();
        _layerWork?.RunAll();
        WatchForBlocked();
    }

    private TransportResult TrySendVectored(in ReadOnlySequence<byte> data)
    {
        try
        {
            int sent = (_vectored ??= new VectoredSend()).Send(_socket, data, out SocketError error);
            return SentAtOnce(sent, error);
        }
        catch (ObjectDisposedException)
        {
            return SocketErrors.ClosedHere;
        }
    }

    private TransportResult SendOrWait(ReadOnlyMemory<byte> data) =>
        (_send ??= new SendOperation(this, _socket)).Begin(data);

    private TransportResult SentAtOnce(int sent, SocketError error) =>
        error switch
        {
            SocketError.Success => TransportResult.Completed(sent),
            SocketError.WouldBlock => TransportResult.WouldBlock,
            _ when IsClosed => SocketErrors.ClosedHere,
            _ => TransportResult.Failed(SocketErrors.Lost(error)),
        };
}
