using System.Net;
using Deterministic.Faults.Text;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Naming;

/// <summary>What every host of a network knows of names. Case does not matter.</summary>
internal sealed class NameTable
{
    private const string Localhost = "localhost";

    private readonly Dictionary<string, IPAddress[]> _given = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, INamedHost> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public int HostCount => _hosts.Count;

    /// <exception cref="ArgumentException">No host can have that name.</exception>
    public INamedHost? FindHost(string name)
    {
        ThrowIfNoName(name);
        return _hosts.GetValueOrDefault(Key(name));
    }

    public void Add(INamedHost host) => _hosts.Add(Key(host.Name), host);

    /// <summary>What a name stands for from now on, the name of a host included.</summary>
    /// <exception cref="ArgumentException">The name can't be given, or there is no address.</exception>
    public void Give(string name, IReadOnlyList<IPAddress> addresses)
    {
        ThrowIfNoName(name);
        if (addresses.Count == 0 || addresses.Contains(null!))
        {
            throw new ArgumentException($"The name '{name}' needs at least one address.", nameof(addresses));
        }

        _given[Key(name)] = [.. addresses];
    }

    /// <summary>What a host in text stands for, in order; nothing if the name is not known. Hosts have no network interfaces, so that there are no scopes.</summary>
    /// <exception cref="ArgumentException">It is no host, or has a scope.</exception>
    public IReadOnlyList<IPAddress> Find(string host)
    {
        if (EndPointAddresses.TryParseAddress(host, findScope: null, out IPAddress? address))
        {
            return [address];
        }

        string key = Key(host);
        return IsLocalhost(key) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : _given.TryGetValue(key, out IPAddress[]? given) ? given
            : _hosts.TryGetValue(key, out INamedHost? known) ? [known.Address]
            : [];
    }

    /// <summary>Help for a name that is not known: sentences, with a space before them.</summary>
    public string Hint(string unknown)
    {
        // In the order in which they came to be: hosts, then what was given besides.
        string[] known =
        [
            .. _hosts.Values.Select(host => host.Name).Concat(_given.Keys).Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        string listed = known.Length == 0 ? "" : $" Known: {KnownNames.List(known)}.";
        return $"{KnownNames.DidYouMean(unknown, known)}{listed} A host exists once Host(\"{unknown}\") was called.";
    }

    private static void ThrowIfNoName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        EndPointAddresses.ThrowIfInvalid(new DnsEndPoint(name, 0), nameof(name));
        if (
            EndPointAddresses.TryParseAddress(name, static _ => 0, out _)
            || string.Equals(name, NetworkExtensions.AnyHost, StringComparison.Ordinal)
            || IsLocalhost(Key(name))
        )
        {
            throw new ArgumentException($"'{name}' can't be a name: it has a meaning already.", nameof(name));
        }
    }

    /// <summary>What two ways to write one name have in common: in ASCII, without the dot of the root.</summary>
    private static string Key(string name) =>
        EndPointAddresses.ToDnsName(name) is [.. string bare, '.'] ? bare : EndPointAddresses.ToDnsName(name);

    private static bool IsLocalhost(string name) => string.Equals(name, Localhost, StringComparison.OrdinalIgnoreCase);
}
