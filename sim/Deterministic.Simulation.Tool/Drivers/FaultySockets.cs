using Deterministic.Faults;
using Deterministic.Sockets;

namespace Deterministic.Simulation.Tool;

/// <summary>The hosts of a scenario on real sockets, decorated with the same faults. Safe on any thread.</summary>
internal sealed class FaultySockets(FaultProfile faults, ulong seed)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, FaultyNetwork> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private FaultyNetwork? _first;

    /// <summary>The host of that name, created at the first call.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="struck">Called for each injected fault.</param>
    public FaultyNetwork Host(string name, Action<InjectedFault> struck)
    {
        lock (_gate)
        {
            if (!_hosts.TryGetValue(name, out FaultyNetwork? host))
            {
                host = _first is null
                    ? new FaultyNetwork(SocketNetwork.Default, faults, seed, name) { OnStruck = struck }
                    : _first.ForHost(name);
                _first ??= host;
                _hosts.Add(name, host);
            }

            return host;
        }
    }

    /// <summary>Stops the injection of faults.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _first?.StopFaults();
        }
    }
}
