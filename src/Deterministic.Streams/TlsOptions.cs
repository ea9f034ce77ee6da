using Deterministic.Streams.Timing;

namespace Deterministic.Streams;

/// <summary>What both sides of TLS have in common. Checked when set, so that a mistake shows where it is made.</summary>
public abstract record TlsOptions
{
    private protected TlsOptions() { }

    /// <summary>How long the handshake may take, in the time of the network. 60 s. Clauses C-OPEN-04, W-STLS-07.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan HandshakeTimeout
    {
        get;
        init => field = TimeOuts.Positive(value);
    } = TimeSpan.FromSeconds(60);

    /// <summary>How long a close waits for what is queued to be sent and for the peer's close_notify, in the time of the network. 30 s. Clauses C-OPEN-04, W-TLS-01.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan ShutdownTimeout
    {
        get;
        init => field = TimeOuts.Positive(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether either half may end while the other stays open, as TLS 1.3 allows. False, as in asyncio: our half cannot be ended alone, and the peer's close_notify closes the connection once
    /// what is queued is sent. Clause W-HALF-02.
    /// </summary>
    public bool AllowHalfClose { get; init; }

    /// <summary>The implementation of TLS. <see cref="SslStreamEngine"/> by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TlsEngine Engine
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = SslStreamEngine.Default;
}
