using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Engine;

namespace Deterministic.Streams;

/// <summary>A reader and a writer of the same peer. Deconstructs into the two: <c>var (reader, writer) = await network.OpenConnectionAsync(…)</c>.</summary>
public sealed partial class Connection : IAsyncDisposable
{
    private readonly ConnectionEngine _engine;

    private Connection(ConnectionEngine engine)
    {
        _engine = engine;
        Reader = new AsyncStreamReader(engine);
        Writer = new AsyncStreamWriter(engine);
    }

    /// <summary>Reads what the peer sends.</summary>
    public AsyncStreamReader Reader { get; }

    /// <summary>Writes to the peer.</summary>
    public AsyncStreamWriter Writer { get; }

    /// <summary>This side's address, or null where there is none.</summary>
    public EndPoint? LocalEndPoint => Writer.LocalEndPoint;

    /// <summary>The peer's address, or null where there is none.</summary>
    public EndPoint? RemoteEndPoint => Writer.RemoteEndPoint;

    /// <summary>Puts a connection on top of a driver's transport and begins to receive. For authors of drivers.</summary>
    /// <param name="transport">Owned by the connection from here on.</param>
    /// <param name="options">How to buffer; the defaults if null.</param>
    /// <exception cref="ArgumentException">The options ask for TLS, which takes a handshake.</exception>
    /// <exception cref="InvalidOperationException">The transport already carries a connection.</exception>
    public static Connection Attach(Transport transport, ConnectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        if (options is ClientOptions { Tls: not null })
        {
            throw new ArgumentException(
                "TLS is asked for, and nothing here would start it: leave it out, and call StartTlsAsync on the connection.",
                nameof(options)
            );
        }

        return Attach(transport, options ?? ConnectionOptions.Default, host: null);
    }

    /// <param name="transport">As there.</param>
    /// <param name="options">How to buffer; TLS is the caller's business.</param>
    /// <param name="host">The host that was connected to, by name or address; null if unknown.</param>
    internal static Connection Attach(Transport transport, ConnectionOptions options, string? host)
    {
        ConnectionEngine engine = new(transport, options);
        engine.Start();
        return new Connection(engine) { RemoteHost = host };
    }

    /// <summary>Splits the connection into its two halves.</summary>
    /// <param name="reader">Reads what the peer sends.</param>
    /// <param name="writer">Writes to the peer.</param>
    public void Deconstruct(out AsyncStreamReader reader, out AsyncStreamWriter writer)
    {
        reader = Reader;
        writer = Writer;
    }

    /// <summary>Drops what is queued and closes at once; the peer sees a reset.</summary>
    public void Abort() => Writer.Abort();

    /// <summary>
    /// Closes in order and waits until everything queued is flushed. A connection that is lost meanwhile is closed all the same: nothing is thrown.
    /// A peer that never reads makes this wait for as long as <see cref="ConnectionOptions.ShutdownTimeout"/> allows; <see cref="Abort"/> ends it.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Writer.Close();
        await WhenGoneAsync().ConfigureAwait(false);
    }

    /// <summary>Whether it was closed because the peer has ended its half, as over TLS without half-close.</summary>
    internal bool IsClosedByPeer => Reader.Engine.ClosedBy == ClosedBy.Peer;

    /// <summary>
    /// Whether this side has closed or aborted it, and nothing else had ended it before: by the record of what ended it, not by its present state. Over TLS too: a handshake or a session
    /// that this side gives up aborts the connection below, and one that fails or times out makes that fail.
    /// </summary>
    internal bool IsClosedHere => _engine.ClosedBy == ClosedBy.ThisSide;

    /// <summary>The time of the network that it is on.</summary>
    internal TimeProvider TimeProvider => _engine.Transport.TimeProvider;

    /// <inheritdoc cref="ConnectionEngine.LimitReached"/>
    internal Action<ConnectionException>? LimitReached
    {
        set => _engine.LimitReached = value;
    }

    /// <summary>From now on the connection is ended when no byte, of ciphertext over TLS, was received or sent for so long. Once.</summary>
    internal void WatchIdle(TimeSpan timeout) => _engine.WatchIdle(timeout);

    /// <summary>Aborts a connection whose TLS handshake is not done. No effect on one whose handshake is.</summary>
    internal void GiveUpHandshake(ConnectionException error)
    {
        if (_tls is { } tls)
        {
            tls.TryFailHandshake(error);
        }
        else
        {
            _engine.Fail(error);
        }
    }

    /// <summary>The driver reports that the connection is gone, although this side did not close it and no operation failed. Drops what is queued.</summary>
    /// <param name="error">Why it was lost; null if it ended in order.</param>
    internal void Lose(Exception? error) => _engine.Lose(error);

    /// <summary>Runs a callback soon, not on the caller's stack: see <see cref="Transport.Schedule"/>.</summary>
    internal void Schedule(Action<object?> callback, object? state) => _engine.Transport.Schedule(callback, state);

    /// <summary>Waits until the connection is gone, one way or the other.</summary>
    internal async Task WhenGoneAsync()
    {
        try
        {
            await Writer.WaitClosedAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // However it was lost, it is gone. WaitClosedAsync shows whether all was flushed.
        }
    }
}
