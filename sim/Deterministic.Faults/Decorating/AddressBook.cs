using System.Net;

namespace Deterministic.Faults.Decorating;

/// <summary>Which host an address belongs to. Safe to use from any thread.</summary>
/// <param name="nameOf">What the caller knows; asked first.</param>
internal sealed class AddressBook(Func<EndPoint, string?>? nameOf)
{
    private const string Localhost = "localhost";

    private readonly Lock _gate = new();

    /// <summary>Every name as it was first written: names of hosts know no case.</summary>
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _hosts = [];
    private readonly HashSet<string> _decorated = new(StringComparer.Ordinal);

    /// <summary>The addresses of decorated hosts: of listeners, and of connections that they have made.</summary>
    private readonly Dictionary<IPEndPoint, string> _addresses = [];

    /// <summary>Attempts of decorated hosts to connect to a port: a client that is accepted there may be one of them, and its address is not known yet.</summary>
    private readonly List<(string Host, int Port)> _connecting = [];

    /// <summary>All hosts that were met, in that order.</summary>
    public IReadOnlyList<string> Hosts()
    {
        lock (_gate)
        {
            return [.. _hosts];
        }
    }

    /// <summary>A host is decorated: what it sends is struck there.</summary>
    /// <returns>Its name.</returns>
    public string Decorate(string host)
    {
        lock (_gate)
        {
            string name = MeetLocked(host);
            _decorated.Add(name);
            return name;
        }
    }

    public bool IsDecorated(string host)
    {
        lock (_gate)
        {
            return _decorated.Contains(host);
        }
    }

    public void Add(EndPoint? address, string host)
    {
        if (address is IPEndPoint ip)
        {
            lock (_gate)
            {
                _addresses[ip.Unmapped()] = host;
            }
        }
    }

    /// <summary>Forgets an address, unless it is another host's by now.</summary>
    public void Remove(EndPoint? address, string host)
    {
        if (address is IPEndPoint ip)
        {
            lock (_gate)
            {
                if (
                    _addresses.TryGetValue(ip.Unmapped(), out string? owner)
                    && string.Equals(owner, host, StringComparison.Ordinal)
                )
                {
                    _addresses.Remove(ip.Unmapped());
                }
            }
        }
    }

    public void BeginConnecting(string host, EndPoint remote)
    {
        lock (_gate)
        {
            _connecting.Add((host, PortOf(remote)));
        }
    }

    public void EndConnecting(string host, EndPoint remote)
    {
        lock (_gate)
        {
            _connecting.Remove((host, PortOf(remote)));
        }
    }

    /// <summary>The name of what a host connects to: as the caller says, the decorated host that is bound there, the name that is connected to, or the address.</summary>
    public string NameOf(EndPoint remote)
    {
        string? told = nameOf?.Invoke(remote);
        lock (_gate)
        {
            return MeetLocked(
                told ?? FindLocked(remote) ?? (remote is DnsEndPoint dns ? dns.Host : AddressText(remote))
            );
        }
    }

    /// <summary>The name of who has connected; null as long as it can't be told, since a decorated host is just about to learn its own address.</summary>
    /// <param name="remote">Its address.</param>
    /// <param name="local">Where it was accepted.</param>
    /// <param name="candidate">Who it may be, where it can't be told.</param>
    public string? NameOfClient(EndPoint? remote, EndPoint? local, out string candidate)
    {
        string? told = remote is null ? null : nameOf?.Invoke(remote);
        lock (_gate)
        {
            candidate = "";
            if (remote is null || told is not null || FindLocked(remote) is not null)
            {
                return MeetLocked(told ?? (remote is null ? "unknown" : FindLocked(remote)!));
            }

            int port = local is null ? 0 : PortOf(local);
            candidate = _connecting.Find(attempt => attempt.Port == port).Host ?? "";
            return candidate.Length > 0 ? null : MeetLocked(AddressText(remote));
        }
    }

    /// <summary>The decorated host that an address belongs to, or null.</summary>
    private string? FindLocked(EndPoint address) =>
        address switch
        {
            IPEndPoint ip => FindLocked(ip.Unmapped()),
            DnsEndPoint { Host: Localhost } local => FindLocked(new IPEndPoint(IPAddress.Loopback, local.Port))
                ?? FindLocked(new IPEndPoint(IPAddress.IPv6Loopback, local.Port)),
            _ => null,
        };

    /// <summary>A listener on all addresses is one on the loopback address too.</summary>
    private string? FindLocked(IPEndPoint address)
    {
        if (_addresses.TryGetValue(address, out string? host) || !IPAddress.IsLoopback(address.Address))
        {
            return host;
        }

        return _addresses.GetValueOrDefault(new IPEndPoint(IPAddress.Any, address.Port))
            ?? _addresses.GetValueOrDefault(new IPEndPoint(IPAddress.IPv6Any, address.Port));
    }

    private string MeetLocked(string name)
    {
        if (!_names.TryGetValue(name, out string? known))
        {
            _names.Add(name, name);
            _hosts.Add(name);
            known = name;
        }

        return known;
    }

    private static string AddressText(EndPoint address) =>
        address is IPEndPoint ip ? ip.Unmapped().Address.ToString() : address.ToString() ?? "unknown";

    private static int PortOf(EndPoint address) =>
        address switch
        {
            IPEndPoint ip => ip.Port,
            DnsEndPoint dns => dns.Port,
            _ => 0,
        };
}
