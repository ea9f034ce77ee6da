using System.Buffers;
using System.Net;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Engine;

namespace Deterministic.Streams.Adapting;

/// <summary>
/// What a transport over a stream and one over pipes have in common: asynchronous operations become results, and everything continues in one context.
/// <para>This folder adapts in both directions. A connection over a stream or pipes: this file first, then <see cref="StreamTransport"/>, <see cref="PipeTransport"/> and <see cref="AwaitedOperation"/>. A connection as a stream or pipes: <see cref="ConnectionStream"/> and <see cref="ConnectionPipe"/>.</para>
/// </summary>
/// <remarks>
/// Closing and aborting run in that context, never on the caller's stack: cancelling and disposing can complete pending operations below on the same stack.
/// </remarks>
#pragma warning disable CA1001 // The token source has no timer and hands out no handle: there is nothing to dispose of, and operations may still look at it.
internal abstract class AdaptedTransport : Transport
#pragma warning restore CA1001
{
    private static readonly Action<object?> CloseCallback = static state => ((AdaptedTransport)state!).CloseNow();
    private static readonly Action<object?> AbortCallback = static state => ((AdaptedTransport)state!).AbortNow();

    private readonly AdapterOptions _options;
    private readonly CallbackContext _context;
    private readonly CancellationTokenSource _over = new();
    private readonly AwaitedOperation _receive;
    private readonly AwaitedOperation _send;
    private readonly AwaitedOperation _shutdown;
    private readonly AwaitedOperation _close;

    protected AdaptedTransport(AdapterOptions options)
    {
        _options = options;
        _context = new CallbackContext(options.Scheduler);
        _receive = new AwaitedOperation(_context, AsReceived, result => Handler.ReceiveCompleted(result));
        _send = new AwaitedOperation(_context, TransportResult.Completed, result => Handler.SendCompleted(result));
        _shutdown = new AwaitedOperation(_context, AsDone, result => Handler.ShutdownWriteCompleted(result));
        _close = new AwaitedOperation(_context, AsDone, result => Handler.CloseCompleted(result));
    }

    public override EndPoint? LocalEndPoint => _options.LocalEndPoint;

    public override EndPoint? RemoteEndPoint => _options.RemoteEndPoint;

    public override TimeProvider TimeProvider =>
        _options.TimeProvider ?? Below?.Reader.TimeProvider ?? _context.TimeProvider ?? base.TimeProvider;

    /// <summary>With a context, the thread that blocks could be the very one that the context needs.</summary>
    public override bool AllowsBlockingWaits =>
        !_context.HasContext && Below is not { Reader.AllowsBlockingWaits: false };

    public override void BeginBlocking(BlockedThread thread) => Below?.Reader.Engine.Transport.BeginBlocking(thread);

    public override void EndBlocking(BlockedThread thread) => Below?.Reader.Engine.Transport.EndBlocking(thread);

    /// <summary>The connection below, if it is one of this library's: its transport is what a blocked thread can help. Results of a foreign stream or pipe come on its own threads.</summary>
    protected abstract Connection? Below { get; }

    private LayerTurns? LayerBelow => Below?.Reader.Engine.Layer;

    /// <summary>Whether the stream or pipe below outlives the connection.</summary>
    protected bool LeaveOpen => _options.LeaveOpen;

    /// <summary>Cancelled when the transport is over: what is pending ends, though the stream or pipe below may stay open.</summary>
    protected CancellationToken Over => _over.Token;

    /// <summary>For <c>ConfigureAwait</c> of what the operations await.</summary>
    protected bool ReturnsToContext => _context.HasContext;

    public override TransportResult Receive(Memory<byte> buffer) =>
        _receive.Begin(
            (Transport: this, buffer),
            static receive => receive.Transport.ReceiveAsync(receive.buffer),
            LayerBelow?.Reads
        );

    /// <summary>
    /// Takes nothing, so that everything goes through the queue: a stream cannot take only what it can take at once, and a pipe may run its reader's code inside the flush,
    /// which a direct send, made under the lock that keeps writes in order, must not.
    /// </summary>
    public override TransportResult TrySend(ReadOnlySpan<byte> data) => TransportResult.WouldBlock;

    /// <summary>One piece of what is queued: the next one follows when that one is taken.</summary>
    public override TransportResult Send(in ReadOnlySequence<byte> data) =>
        _send.Begin(
            (Transport: this, Piece: data.First, IsLast: data.IsSingleSegment),
            static send => send.Transport.SendAsync(send.Piece, send.IsLast),
            LayerBelow?.Drains
        );

    public override TransportResult ShutdownWrite() =>
        _shutdown.Begin(this, static transport => transport.ShutdownWriteAsync());

    public override TransportResult Close()
    {
        ScheduleLayer(CloseCallback, this);
        return TransportResult.Pending;
    }

    public override void Abort() => ScheduleLayer(AbortCallback, this);

    public override void Schedule(Action<object?> callback, object? state) => _context.Schedule(callback, state);

    public override void ScheduleLayer(Action<object?> callback, object? state)
    {
        if (!_context.HasContext && Below is { } below)
        {
            below.Reader.Engine.Transport.ScheduleLayer(callback, state);
        }
        else
        {
            Schedule(callback, state);
        }
    }

    /// <returns>How many bytes came; 0 at the end of the stream.</returns>
    protected abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <param name="data">What to send.</param>
    /// <param name="isLast">Whether nothing more is queued behind it.</param>
    /// <returns>How many bytes were sent: all.</returns>
    protected abstract ValueTask<int> SendAsync(ReadOnlyMemory<byte> data, bool isLast);

    /// <returns>Nothing to count.</returns>
    protected abstract ValueTask<int> ShutdownWriteAsync();

    /// <summary>Closes the stream or pipe below, in order, unless it stays open.</summary>
    /// <returns>Nothing to count.</returns>
    protected abstract ValueTask<int> CloseAsync();

    /// <summary>Closes the stream or pipe below, at once, unless it stays open. May throw.</summary>
    protected abstract void AbortCore();

    private static TransportResult AsReceived(int count) =>
        count > 0 ? TransportResult.Completed(count) : TransportResult.EndOfFile;

    private static TransportResult AsDone(int count) => TransportResult.Done;

    private void CloseNow()
    {
        TransportResult result = _close.Begin(
            this,
            static transport =>
            {
                transport.EndPending();
                return transport.CloseAsync();
            }
        );
        if (result.Status != TransportStatus.Pending)
        {
            Handler.CloseCompleted(result);
        }
    }

    private void AbortNow()
    {
        try
        {
            EndPending();
            AbortCore();
        }
        catch (Exception)
        {
            // The connection is aborted already, and an abort reports no errors.
        }
    }

    private void EndPending() => _over.Cancel();
}
