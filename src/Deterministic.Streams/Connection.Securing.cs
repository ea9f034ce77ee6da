using System.IO;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Engine;
using Deterministic.Streams.Tls;

namespace Deterministic.Streams;

/// <content>TLS.</content>
public sealed partial class Connection
{
    private volatile TlsTransport? _tls;
    private TlsUpgradeState _tlsUse;

    /// <summary>What the two sides agreed on; null while the connection is not over TLS. Stays known after the close. Clauses W-INFO-01, W-INFO-02.</summary>
    public TlsInfo? Tls => _tls?.Info;

    /// <summary>The host that was connected to, by name or address: whose certificate a server must show unless the options name another. Null if unknown.</summary>
    internal string? RemoteHost { get; init; }

    /// <summary>
    /// Goes over to TLS, as the client: the same reader and writer then carry what is encrypted. It first waits until everything queued is sent. Clauses W-STLS-01 to W-STLS-11.
    /// </summary>
    /// <remarks>
    /// What was received and not read by then goes to the handshake, and never to the program: injected plain bytes make it fail. During the call nothing may be read,
    /// and what another thread writes may go out either plainly or encrypted; a borrowed read's loan ends. A handshake that fails or is cancelled closes the connection.
    /// </remarks>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Before the handshake it leaves the connection as it was; during the handshake it aborts it.</param>
    /// <exception cref="ArgumentException">There is no server name to verify: clause W-STLS-05. Nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">TLS was started before, a read is under way, or the end was written. The connection is as it was.</exception>
    /// <exception cref="ConnectionException">The connection is lost, or the handshake failed; reads, drains and waits for the close have the same error.</exception>
    public Task StartTlsAsync(TlsClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string name = ServerNames.Require(options, RemoteHost);
        TimeProvider time = Reader.Engine.Transport.TimeProvider;
        return StartTlsAsync(
            options,
            ciphertext => options.Engine.ConnectAsync(ciphertext, options, name, time),
            cancellationToken
        );
    }

    /// <summary>Goes over to TLS, as the server: as <see cref="StartTlsAsync(TlsClientOptions, CancellationToken)"/>.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Before the handshake it leaves the connection as it was; during the handshake it aborts it.</param>
    /// <exception cref="InvalidOperationException">TLS was started before, a read is under way, or the end was written. The connection is as it was.</exception>
    /// <exception cref="ConnectionException">The connection is lost, or the handshake failed; reads, drains and waits for the close have the same error.</exception>
    public Task StartTlsAsync(TlsServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        TimeProvider time = Reader.Engine.Transport.TimeProvider;
        return StartTlsAsync(
            options,
            ciphertext => options.Engine.AcceptAsync(ciphertext, options, time),
            cancellationToken
        );
    }

    /// <summary>The connection itself, once it is over TLS. If it does not come to that, it is closed.</summary>
    internal async ValueTask<Connection> SecuredAsync(TlsClientOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await StartTlsAsync(options, cancellationToken).ConfigureAwait(false);
            return this;
        }
        catch
        {
            Abort();
            throw;
        }
    }

    private Task StartTlsAsync(
        TlsOptions options,
        Func<Stream, ValueTask<TlsSession>> handshake,
        CancellationToken cancellationToken
    )
    {
        if (
            Interlocked.CompareExchange(ref _tlsUse, TlsUpgradeState.Claimed, TlsUpgradeState.None)
            != TlsUpgradeState.None
        )
        {
            throw new InvalidOperationException("TLS was already started on this connection: it is started once.");
        }

        try
        {
            Reader.Engine.ThrowIfReading();
        }
        catch
        {
            _tlsUse = TlsUpgradeState.None;
            throw;
        }

        return SecureAsync(options, handshake, cancellationToken);
    }

    private async Task SecureAsync(
        TlsOptions options,
        Func<Stream, ValueTask<TlsSession>> handshake,
        CancellationToken cancellationToken
    )
    {
        ConnectionEngine plain = Reader.Engine;
        TlsTransport transport = new(plain, options);
        ConnectionEngine secured = new(transport, plain.Limits)
        {
            LimitReached = error => plain.LimitReached?.Invoke(error),
        };
        try
        {
            await TlsUpgrade.CoverAsync(plain, secured, () => MoveTo(secured), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _tlsUse = TlsUpgradeState.None;
            throw;
        }

        _tls = transport;
        secured.Start();
        await TlsUpgrade.HandshakeAsync(transport, plain, secured, handshake, cancellationToken).ConfigureAwait(false);
    }

    private void MoveTo(ConnectionEngine engine)
    {
        Reader.MoveTo(engine);
        Writer.MoveTo(engine);
    }
}
