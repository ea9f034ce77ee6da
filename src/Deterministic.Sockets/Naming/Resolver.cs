using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Errors;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Naming;

/// <summary>Asks the system's resolver.</summary>
internal static class Resolver
{
    /// <param name="name">A name, or an address in text.</param>
    /// <param name="family">Only addresses of this family; unspecified for any. So does the family of <paramref name="name"/>.</param>
    /// <param name="hints">What else is asked.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ConnectionException">There is no such address.</exception>
    /// <exception cref="ArgumentException">It is no host, or has a scope that is not there.</exception>
    public static ValueTask<IPEndPoint[]> ResolveAsync(
        DnsEndPoint name,
        AddressFamily family,
        ResolverHints hints,
        CancellationToken cancellationToken
    ) => ResolveAsync(name, family, hints, Dns.GetHostAddressesAsync, cancellationToken);

    /// <summary>As the other, with a resolver of a test's.</summary>
    public static async ValueTask<IPEndPoint[]> ResolveAsync(
        DnsEndPoint name,
        AddressFamily family,
        ResolverHints hints,
        Func<string, AddressFamily, CancellationToken, Task<IPAddress[]>> resolver,
        CancellationToken cancellationToken
    )
    {
        // Addresses never go to the system's resolver: it drops what it does not understand of them, such as a port.
        IPAddress[] addresses =
            hints.HasFlag(ResolverHints.NumericHost) ? [EndPointAddresses.OfText(name.Host, Scopes.Find)]
            : EndPointAddresses.TryParseAddress(name.Host, Scopes.Find, out IPAddress? address) ? [address]
            : await AskAsync(name, resolver, cancellationToken).ConfigureAwait(false);
        IEnumerable<AddressFamily> families = hints.HasFlag(ResolverHints.AddressConfigured)
            ? ConfiguredFamilies.Narrow(family, ConfiguredFamilies.Seen())
            : [family];
        return EndPointAddresses.OfName(
            name,
            addresses.Where(address => families.Any(wanted => EndPointAddresses.IsOf(address, wanted))),
            AddressFamily.Unspecified
        );
    }

    /// <remarks>On most systems a question that was asked can't be taken back: a cancellation only waits for the answer no longer.</remarks>
    private static async Task<IPAddress[]> AskAsync(
        DnsEndPoint name,
        Func<string, AddressFamily, CancellationToken, Task<IPAddress[]>> resolver,
        CancellationToken cancellationToken
    )
    {
        // The runtime passes names on as they are, and DNS has them in ASCII.
        Task<IPAddress[]> answer = resolver(
            EndPointAddresses.ToDnsName(name.Host),
            name.AddressFamily,
            cancellationToken
        );
        try
        {
            return await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Forget(answer);
            throw;
        }
        // An ArgumentException is the resolver's answer to what it takes for no name.
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw SocketErrors.NotResolved(name.Host, error);
        }
    }

    /// <summary>Observes the failure of a task that is no longer awaited, so that it is not reported as unobserved.</summary>
    private static void Forget(Task answer) =>
        _ = answer.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
