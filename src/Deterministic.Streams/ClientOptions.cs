using System.Net;
using System.Net.Sockets;
using Deterministic.Streams.Naming;
using Deterministic.Streams.Racing;
using Deterministic.Streams.Timing;

namespace Deterministic.Streams;

/// <summary>How a connection is made, and how it buffers. Checked when set, so that a mistake shows where it is made.</summary>
/// <remarks>A network that lacks what an option needs (a resolver, several addresses) throws an <see cref="ArgumentException"/>, or ignores the option and documents that.</remarks>
public record ClientOptions : ConnectionOptions
{
    /// <summary>The documented defaults.</summary>
    public static new ClientOptions Default { get; } = new();

    /// <summary>
    /// How long connecting may take, name resolution and all addresses together but not the TLS handshake, in the time of the network; null to wait for as long as the network does.
    /// </summary>
    /// <remarks>
    /// What is not made by then is a <see cref="Core.ConnectionException"/> of kind <see cref="Core.ConnectionErrorKind.TimedOut"/>, which lists every address and what became of it.
    /// The addresses share the time: one that does not answer has no more of it alone than what is left, divided by the number of addresses that are left. Clause C-OPEN-12.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan? ConnectTimeout
    {
        get;
        init => field = TimeOuts.Positive(value);
    }

    /// <summary>How to speak TLS from the first byte; null for none. To start it later, see <see cref="Connection.StartTlsAsync(TlsClientOptions, CancellationToken)"/>. Clauses C-OPEN-03, C-OPEN-04, C-OPEN-11.</summary>
    public TlsClientOptions? Tls { get; init; }

    /// <summary>Only addresses of this family are connected to; unspecified for any.</summary>
    public AddressFamily AddressFamily { get; init; }

    /// <summary>Where to connect from: an <see cref="IPEndPoint"/>, or a <see cref="DnsEndPoint"/> to be resolved. Port 0 takes any. Null leaves it to the network. Clause C-OPEN-10.</summary>
    /// <exception cref="ArgumentException">It has a host that is none: clause C-OPEN-13.</exception>
    public EndPoint? LocalEndPoint
    {
        get;
        init
        {
            if (value is not null)
            {
                EndPointText.ThrowIfInvalid(value, nameof(value));
            }

            field = value;
        }
    }

    /// <summary>What is asked of the resolver.</summary>
    public ResolverHints ResolverHints { get; init; }

    /// <summary>
    /// Happy Eyeballs (RFC 8305): the next address is tried once the one before has failed or this has passed, and the first that answers wins. 250 ms, as RFC 8305 recommends.
    /// Null tries one after the other, which is asyncio's default; zero tries all at once. Clause C-OPEN-09.
    /// </summary>
    /// <remarks>A <see cref="ConnectTimeout"/> that is too short for it shortens it: see there.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? HappyEyeballsDelay
    {
        get;
        init => field = TimeOuts.NotNegative(value);
    } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How many addresses of the resolver's first family come before the families alternate; 0 keeps the resolver's order.
    /// Null is 0 without a <see cref="HappyEyeballsDelay"/> and 1 with one. Clause C-OPEN-08.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? Interleave
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0, nameof(value));
            field = value;
        }
    }

    /// <summary>What <see cref="ConnectTimeout"/> has left. Set for one call, and read by the race of whichever driver is handed these options.</summary>
    internal ConnectBudget? Budget { get; init; }
}
