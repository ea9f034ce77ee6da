using System.Buffers;
using System.IO;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Engine;
using Deterministic.Streams.Ssl;
using Deterministic.Streams.Timing;

namespace Deterministic.Streams.Tls;

/// <summary>
/// TLS as a transport: what it carries goes, encrypted, over the engine of a connection below, and the engine that the program uses lies on top of it.
/// <para>This folder is TLS for any engine of it. Read this file first; the states are in <see cref="TlsConnectionState"/>, the halves in <see cref="TlsReceiving"/> and <see cref="TlsSending"/>, the end in <see cref="TlsShutdown"/>; <see cref="TlsUpgrade"/> starts it.</para>
/// </summary>
/// <remarks>
/// <para>Receives and sends can be begun before the handshake is done; they wait for it. A handshake that fails fails them.</para>
/// <para>Ciphertext waits only for the network, never in a queue of its own: the next piece is encrypted once the network took the one before. So what is queued is counted by the engine on top. Clause W-WM-08.</para>
/// <para>Everything here continues on the stack on which the ciphertext arrives or is taken, which is the driver's; what a program's call or a timer ends is scheduled.</para>
/// </remarks>
#pragma warning disable CA1001 // The stream of ciphertext holds nothing that must be disposed of.
internal sealed partial class TlsTransport : Transport
#pragma warning restore CA1001
{
    private readonly ConnectionEngine _plain;
    private readonly TlsOptions _options;
    private readonly TlsConnectionState _connectionState = new();
    private readonly CiphertextStream _ciphertext;
    private readonly TlsReceiving _receiving;
    private readonly TlsSending _sending;
    private readonly TlsShutdown _shutdown;
    private readonly Deadline _handshakeDeadline;
    private readonly Deadline _shutdownDeadline;

    /// <summary>Completed on the driver's stack once the handshake is over, one way or the other.</summary>
    private readonly TaskCompletionSource _settled = new();

    /// <param name="plain">The connection below; from its covering on it is the transport's.</param>
    /// <param name="options">How.</param>
    public TlsTransport(ConnectionEngine plain, TlsOptions options)
    {
        _plain = plain;
        _options = options;
        _ciphertext = new CiphertextStream(plain);
        _receiving = new TlsReceiving(this, plain, _connectionState, _ciphertext);
        _sending = new TlsSending(this, plain, _connectionState, _ciphertext);
        _shutdown = new TlsShutdown(plain, _connectionState, _receiving);
        _handshakeDeadline = new Deadline(
            TimeProvider,
            () => TryFailHandshake(TlsErrors.HandshakeTimedOut(options.HandshakeTimeout))
        );
        _shutdownDeadline = new Deadline(
            TimeProvider,
            () => FailShutdown(TlsErrors.ShutdownTimedOut(options.ShutdownTimeout))
        );
    }

    public override EndPoint? LocalEndPoint => _plain.Transport.LocalEndPoint;

    public override EndPoint? RemoteEndPoint => _plain.Transport.RemoteEndPoint;

    public override TimeProvider TimeProvider => _plain.Transport.TimeProvider;

    public override bool AllowsBlockingWaits => _plain.Transport.AllowsBlockingWaits;

    public override void BeginBlocking(BlockedThread thread) => _plain.Transport.BeginBlocking(thread);

    public override void EndBlocking(BlockedThread thread) => _plain.Transport.EndBlocking(thread);

    public override bool CanShutdownWrite => _options.AllowHalfClose;

    public override bool ClosesAtEndOfFile => !_options.AllowHalfClose;

    /// <summary>What was agreed on; null before the handshake is done.</summary>
    public TlsInfo? Info => _connectionState.Info;

    public override TransportResult Receive(Memory<byte> buffer) =>
        _connectionState.TryEnterReceive() switch
        {
            TlsState.Established => _receiving.Begin(buffer),
            TlsState.Handshaking => ReceiveLater(buffer),
            _ => Refused,
        };

    /// <summary>Never takes anything: what waits for the network must be counted, and a record cannot be taken by halves.</summary>
    public override TransportResult TrySend(ReadOnlySpan<byte> data) => TransportResult.WouldBlock;

    public override TransportResult Send(in ReadOnlySequence<byte> data) =>
        _connectionState.TryEnter() switch
        {
            TlsState.Established => _sending.Begin(data),
            TlsState.Handshaking => SendLater(data),
            _ => Refused,
        };

    public override TransportResult ShutdownWrite() =>
        _connectionState.TryEnter() switch
        {
            TlsState.Established => RunInLayer(EndHalfAsync, Handler.ShutdownWriteCompleted),
            TlsState.Handshaking => Later(ShutdownWrite, Handler.ShutdownWriteCompleted),
            _ => Refused,
        };

    public override void OnCloseStarted() => _shutdownDeadline.Start(_options.ShutdownTimeout);

    public override TransportResult Close()
    {
        if (_connectionState.BeginClose() != TlsState.Established)
        {
            // There is no session to send close_notify in: the handshake is abandoned, or has failed.
            Abort();
            return _connectionState.Fault is { } fault ? TransportResult.Failed(fault) : TransportResult.Done;
        }

        return RunInLayer(CloseAsync, Handler.CloseCompleted);
    }

    public override void Abort()
    {
        TlsState before = _connectionState.End();
        _handshakeDeadline.Stop();
        _shutdownDeadline.Stop();
        if (_connectionState.Fault is not { } fault)
        {
            _plain.Abort();
        }
        else if (_plain.Inspect(static (ConnectionMachine machine) => machine.Writer.Buffered) == 0)
        {
            // An alert with the reason may be on its way to the peer: a reset could overtake it.
            _plain.Close(fault);
        }
        else
        {
            _plain.Fail(fault);
        }

        if (before == TlsState.Handshaking)
        {
            NotifyHandshakeCompleted();
        }
    }

    public override void Schedule(Action<object?> callback, object? state) =>
        _plain.Transport.Schedule(callback, state);

    public override void ScheduleLayer(Action<object?> callback, object? state) =>
        _plain.Transport.ScheduleLayer(callback, state);

    public override void WriteDropped(long count) => _plain.Transport.WriteDropped(count);

    public override object? GetExtraInfo(string name) =>
        name switch
        {
            "ssl_object" => Info,
            "sslcontext" => _options,
            "peercert" => Info?.RemoteCertificate,
            "cipher" => Info is { } info ? CipherInfo.Of(info) : null,
            // TLS 1.3 has none, and that of older versions is never offered.
            "compression" => null,
            _ => _plain.Transport.GetExtraInfo(name),
        };

    /// <summary>Whether the program closes, or time for it has passed: then it no longer matters how the peer ends.</summary>
    internal bool IsCloseBegun => _shutdownDeadline.IsBegun;

    internal void OnReceived(in TransportResult result) => Handler.ReceiveCompleted(result);

    internal void OnSent(in TransportResult result) => Handler.SendCompleted(result);

    /// <summary>The peer's close_notify came. Without half-close the streams close now, and that takes no longer than any close.</summary>
    internal void OnPeerEnded()
    {
        if (ClosesAtEndOfFile)
        {
            OnCloseStarted();
        }
    }

    private TransportResult Refused => TransportResult.Failed(_connectionState.Fault ?? TlsErrors.ClosedHere());

    /// <summary>Time for the shutdown is up, perhaps while the handshake is not done. All that waits for ciphertext ends with this error.</summary>
    private void FailShutdown(ConnectionException error)
    {
        if (!TryFailHandshake(error) && _connectionState.TryBlame(error))
        {
            _plain.Fail(error);
            _plain.LimitReached?.Invoke(error);
        }
    }

    // Methods of their own, so that only a wait for the handshake pays for its closure.
    private TransportResult ReceiveLater(Memory<byte> buffer) => Later(() => Receive(buffer), Handler.ReceiveCompleted);

    private TransportResult SendLater(ReadOnlySequence<byte> data) => Later(() => Send(data), Handler.SendCompleted);

    /// <summary>An operation that came during the handshake: it is tried again after it.</summary>
    private TransportResult Later(Func<TransportResult> operation, Action<TransportResult> report)
    {
        return _connectionState.TryWait(Retry) ? TransportResult.Pending : operation();

        void Retry()
        {
            TransportResult result = operation();
            if (result.Status != TransportStatus.Pending)
            {
                report(result);
            }
        }
    }

    /// <summary>Not on this stack, which may be that of a program's call: a read that has to let the close_notify pass continues on the stack that made it.</summary>
    private TransportResult RunInLayer(Func<Task<TransportResult>> operation, Action<TransportResult> report)
    {
        _plain.Layer!.Run(() => _ = ReportAsync());
        return TransportResult.Pending;

        async Task ReportAsync() => report(await operation().ConfigureAwait(false));
    }

    /// <summary>Inside the session, which it leaves.</summary>
    private async Task<TransportResult> EndHalfAsync()
    {
        try
        {
            await _shutdown.SendCloseNotifyAsync().ConfigureAwait(false);
            return TransportResult.Done;
        }
        catch (Exception error)
        {
            return TransportResult.Failed(_connectionState.Blame(TlsErrors.OfData(error, _ciphertext)));
        }
        finally
        {
            _connectionState.Leave();
        }
    }

    private async Task<TransportResult> CloseAsync()
    {
        TransportResult result = await _shutdown.CloseAsync().ConfigureAwait(false);
        _shutdownDeadline.Stop();
        _connectionState.End();
        return result;
    }
}
