using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Racing;

namespace Deterministic.Streams.Driving;

/// <summary>
/// Connects to one of several addresses, in the order and with the concurrency of the options (RFC 8305). For authors of drivers whose names
/// can stand for several addresses. Clauses C-OPEN-06 to C-OPEN-09.
/// </summary>
public static class HappyEyeballs
{
    /// <summary>RFC 8305 has one address of the first family come before the families alternate.</summary>
    private const int FirstFamilyCountOfRfc8305 = 1;

    /// <summary>The addresses in the order in which they are to be tried. Clause C-OPEN-08.</summary>
    /// <typeparam name="TAddress">An end point whose <see cref="EndPoint.AddressFamily"/> is known.</typeparam>
    /// <param name="addresses">In the resolver's order.</param>
    /// <param name="options">Its <see cref="ClientOptions.Interleave"/> and <see cref="ClientOptions.HappyEyeballsDelay"/> count here.</param>
    public static IReadOnlyList<TAddress> Order<TAddress>(IReadOnlyList<TAddress> addresses, ClientOptions options)
        where TAddress : EndPoint
    {
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(options);
        int count = options.Interleave ?? (options.HappyEyeballsDelay is null ? 0 : FirstFamilyCountOfRfc8305);
        return count == 0 ? addresses : AddressInterleaving.Interleave(addresses, count);
    }

    /// <summary>Tries addresses in their order until one answers. Clauses C-OPEN-06, C-OPEN-07, C-OPEN-09.</summary>
    /// <remarks>
    /// Without a delay one address is tried at a time. With one the next attempt begins once the one before has failed or the delay has passed; the first that
    /// succeeds wins, and the others are cancelled. Where the options have a <see cref="ClientOptions.ConnectTimeout"/>, the addresses share it.
    /// However it ends, no attempt is under way any more, and each connection but the winner's was given to <paramref name="discard"/>.
    /// </remarks>
    /// <typeparam name="TAddress">What is tried.</typeparam>
    /// <typeparam name="TConnection">What an attempt yields.</typeparam>
    /// <param name="addresses">At least one, in the order of trial.</param>
    /// <param name="options">As the driver was given them. Their <see cref="ClientOptions.HappyEyeballsDelay"/> and <see cref="ClientOptions.ConnectTimeout"/> count here.</param>
    /// <param name="connect">One attempt. It fails with a <see cref="ConnectionException"/>; whatever else it throws ends them all. It must end soon when cancelled, and a simulated one must not do so on the canceller's stack.</param>
    /// <param name="discard">Closes a connection that came too late.</param>
    /// <param name="timeProvider">Measures the delay: the network's.</param>
    /// <param name="cancellationToken">Gives all attempts up.</param>
    /// <exception cref="ArgumentException"><paramref name="addresses"/> is empty.</exception>
    /// <exception cref="ConnectionException">None answered: the error of the only one, the first of several equal ones, or one that contains all of them.</exception>
    /// <exception cref="OperationCanceledException">With <paramref name="cancellationToken"/>.</exception>
    public static ValueTask<TConnection> ConnectAsync<TAddress, TConnection>(
        IReadOnlyList<TAddress> addresses,
        ClientOptions options,
        Func<TAddress, CancellationToken, ValueTask<TConnection>> connect,
        Action<TConnection> discard,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentNullException.ThrowIfNull(discard);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return addresses.Count switch
        {
            0 => throw new ArgumentException("There is no address to connect to.", nameof(addresses)),
            1 when options.Budget is null => connect(addresses[0], cancellationToken),
            _ => new StaggeredRace<TAddress, TConnection>(
                addresses,
                options.HappyEyeballsDelay,
                options.Budget,
                connect,
                timeProvider
            ).RunAsync(discard, cancellationToken),
        };
    }
}
