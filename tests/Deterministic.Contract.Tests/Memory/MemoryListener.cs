using System.Net;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract.Tests;

/// <summary>A bound address in memory.</summary>
internal sealed class MemoryListener(MemoryNetwork network, IPEndPoint local, Defect defect) : TransportListener
{
    /// <summary>Held while one is delivered, so that they come one at a time. Pausing does not take it: the streams do that with locks of their own.</summary>
    private readonly Lock _delivering = new();
    private readonly Queue<MemoryTransport> _waiting = [];
    private readonly List<MemoryTransport> _accepted = [];
    private Action<Transport>? _onAccepted;
    private volatile bool _paused;
    private volatile bool _closed;

    public IPEndPoint Address => local;

    public override EndPoint LocalEndPoint =>
        _closed && defect == Defect.ForgetsAddressesAtClose ? new IPEndPoint(IPAddress.Any, 0) : local;

    public override void Start(Action<Transport> accepted, Action<Exception> failed)
    {
        lock (_delivering)
        {
            _onAccepted = accepted;
            DeliverWaiting();
        }
    }

    public override void PauseAccepting() => _paused = defect != Defect.IgnoresPauses;

    public override void ResumeAccepting()
    {
        _paused = false;
        Schedule(
            static state =>
            {
                MemoryListener listener = (MemoryListener)state!;
                lock (listener._delivering)
                {
                    listener.DeliverWaiting();
                }
            },
            this
        );
    }

    public override void Close()
    {
        _closed = true;
        network.Remove(this);
        lock (_delivering)
        {
            IEnumerable<MemoryTransport> lost = defect == Defect.ListenerClosesConnections ? _accepted : _waiting;
            foreach (MemoryTransport transport in lost)
            {
                transport.Abort();
            }
        }
    }

    public override void Schedule(Action<object?> callback, object? state) =>
        ThreadPool.QueueUserWorkItem(callback, state, preferLocal: false);

    /// <summary>A client has come.</summary>
    /// <returns>Whether it is let in, now or later.</returns>
    public bool TryAccept(MemoryTransport transport)
    {
        lock (_delivering)
        {
            bool dead = defect == Defect.AcceptDiesWithAClient && _accepted.Exists(one => one.IsReset);
            bool listens = _onAccepted is not null || defect == Defect.ListensWhenBound;
            if (dead || !listens)
            {
                return false;
            }

            _waiting.Enqueue(transport);
            DeliverWaiting();
            return true;
        }
    }

    /// <summary>The lock is held.</summary>
    private void DeliverWaiting()
    {
        while (!_paused && _onAccepted is not null && _waiting.TryDequeue(out MemoryTransport? transport))
        {
            _accepted.Add(transport);
            Transport given = network.Given(transport);
            if (given is DefectiveTransport defective && defect == Defect.AcceptsWithinAccepting)
            {
                defective.DuringReceive = () => _onAccepted(network.Stray());
            }

            _onAccepted(given);
        }
    }
}
