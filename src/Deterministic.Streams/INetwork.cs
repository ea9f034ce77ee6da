using System.Net;
using System.Net.Sockets;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams;

// Map of this project: this namespace is what a program uses; start at INetwork, Connection and StreamServer. Engine is behind every connection,
// Driving is the seam of drivers, Protocols the callback model, Tls and Ssl encryption, Adapting streams and pipes, Serving and Racing servers
// and clients; Naming, Networks, Reading, Timing and IO are helpers of these.

/// <summary>
/// A place to connect from and to serve at: the real sockets of this machine, or a host of a simulated network.
/// Protocol code takes one of these and runs unchanged on either.
/// </summary>
/// <remarks>
/// These members are the seam that a driver fulfils. To use a network, call the methods of <see cref="NetworkExtensions"/>:
/// <c>OpenConnectionAsync</c> and <c>StartServerAsync</c>.
/// </remarks>
public interface INetwork
{
    /// <summary>The time of this place: the machine's, or virtual.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>Connects.</summary>
    /// <param name="remote">Where to: an <see cref="IPEndPoint"/>, a <see cref="DnsEndPoint"/> to be resolved, or a <see cref="UnixDomainSocketEndPoint"/>.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="Core.ConnectionException">It could not be made.</exception>
    ValueTask<Transport> ConnectAsync(EndPoint remote, ClientOptions options, CancellationToken cancellationToken);

    /// <summary>Binds every address that an end point stands for; accepting starts later.</summary>
    /// <param name="local">Where: port 0 takes any free port.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="Core.ConnectionException">It could not be bound; nothing stays bound.</exception>
    ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    );

    /// <summary>Binds every address that several end points stand for, each once. Of them all, those that this place does not have are left out, as long as one remains. Clauses C-SRV-01, C-SRV-05.</summary>
    /// <param name="locals">Where: at least one; port 0 takes any free port for each address.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <remarks>
    /// As it is here, equal end points are bound once, one end point after the other. A network that resolves names should do better:
    /// two names of one address are one address.
    /// </remarks>
    /// <exception cref="Core.ConnectionException">One could not be bound, or none is of this place; nothing stays bound.</exception>
    ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        IReadOnlyList<EndPoint> locals,
        ServerOptions options,
        CancellationToken cancellationToken
    ) =>
        AddressBinding.BindAsync(
            [.. locals?.Distinct() ?? throw new ArgumentNullException(nameof(locals))],
            local => BindAsync(local, options, cancellationToken)
        );
}
