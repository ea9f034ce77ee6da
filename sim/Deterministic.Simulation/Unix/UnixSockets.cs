using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Programs;
using Deterministic.Streams;

namespace Deterministic.Simulation.Unix;

/// <summary>
/// The Unix sockets of one host: its own paths and abstract names, which no other host sees. A path is a name and nothing more: folders, permissions and other files are not simulated,
/// and two ways to write one path are two paths.
/// </summary>
internal sealed class UnixSockets(WorldContext world, IProgramHost host)
{
    /// <summary>The listener of each path or name; null for a file that was left behind.</summary>
    private readonly Dictionary<UnixDomainSocketEndPoint, UnixListener?> _bound = [];

    /// <summary>The ends of connections that a program holds.</summary>
    private readonly Dictionary<long, UnixTransport> _held = [];

    public IProgramHost Host => host;

    public bool HasFile(UnixDomainSocketEndPoint path) => _bound.ContainsKey(path) && !UnixName.IsAbstract(path);

    public UnixListener? Find(UnixDomainSocketEndPoint name) => _bound.GetValueOrDefault(name);

    /// <summary>Takes a path or name; also that of a file that is not in use any more. Clause C-UNIX-04.</summary>
    /// <exception cref="ArgumentException">The options ask for what a Unix socket has not.</exception>
    /// <exception cref="ConnectionException">It is in use.</exception>
    public UnixListener Bind(UnixDomainSocketEndPoint local, ServerOptions options)
    {
        if (options.ReusePort)
        {
            throw new ArgumentException(
                $"Several servers can't share a Unix socket ({local}): leave ServerOptions.ReusePort out.",
                nameof(options)
            );
        }

        ThrowIfUnfit(local, options.AddressFamily);
        if (Find(local) is not null)
        {
            throw new ConnectionException(
                ConnectionErrorKind.AddressInUse,
                $"error while attempting to bind on address {local}: Address already in use: another server uses it"
            );
        }

        UnixListener listener = new(world, this, local, options);
        _bound[local] = listener;
        return listener;
    }

    public void Add(UnixTransport transport, UnixEndpoint end) => _held.Add(end.Key, transport);

    public void Remove(UnixEndpoint end) => _held.Remove(end.Key);

    /// <summary>The host is gone: connections, listeners, abstract names; files stay.</summary>
    public void Crash()
    {
        foreach (UnixListener? listener in _bound.Values.ToArray())
        {
            listener?.Crash();
        }

        foreach (long key in _held.Keys.Order().ToArray())
        {
            _held[key].Crash();
        }

        _held.Clear();
    }

    /// <summary>A listener is closed.</summary>
    public void LetGo(UnixDomainSocketEndPoint name, bool removeFile)
    {
        if (removeFile || UnixName.IsAbstract(name))
        {
            _bound.Remove(name);
        }
        else
        {
            _bound[name] = null;
        }
    }

    /// <exception cref="ConnectionException">A family was asked for, and it is not this one.</exception>
    public static void ThrowIfUnfit(UnixDomainSocketEndPoint address, AddressFamily family)
    {
        if (family is not (AddressFamily.Unspecified or AddressFamily.Unix))
        {
            throw new ConnectionException(
                ConnectionErrorKind.NameNotResolved,
                $"The Unix socket {address} is not of the family {family} that the options ask for."
            );
        }
    }
}
