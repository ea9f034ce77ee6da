using System.Net;

namespace Deterministic.Simulation;

/// <summary>What every host of a network knows of names. Case does not matter.</summary>
internal sealed class NameTable
{
    private const string Localhost = "localhost";

    private readonly Dictionary<string, IPAddress[]> _given = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SimulatedHost> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public int HostCount => _hosts.Count;

    public SimulatedHost? FindHost(string name) => _hosts.GetValueOrDefault(name);

    public void Add(SimulatedHost host) => _hosts.Add(host.Name, host);

    /// <summary>What a name stands for from now on, the name of a host included.</summary>
    /// <exception cref="ArgumentException">The name can't be given, or there is no address.</exception>
    public void Give(string name, IReadOnlyList<IPAddress> addresses)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (IsLocalhost(name) || IPAddress.TryParse(name, out _))
        {
            throw new ArgumentException($"'{name}' can't be given: it has a meaning already.", nameof(name));
        }

        if (addresses.Count == 0 || addresses.Contains(null!))
        {
            throw new ArgumentException($"The name '{name}' needs at least one address.", nameof(addresses));
        }

        _given[name] = [.. addresses];
    }

    /// <summary>What a name stands for, in order; nothing if nobody knows it.</summary>
    public IReadOnlyList<IPAddress> Find(string name) =>
        IPAddress.TryParse(name, out IPAddress? address) ? [address]
        : IsLocalhost(name) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : _given.TryGetValue(name, out IPAddress[]? given) ? given
        : _hosts.TryGetValue(name, out SimulatedHost? host) ? [host.Address]
        : [];

    private static bool IsLocalhost(string name) => string.Equals(name, Localhost, StringComparison.OrdinalIgnoreCase);
}
