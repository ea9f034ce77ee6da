using System.Net;
using Deterministic.Streams;

namespace Deterministic.Contract.Tests;

/// <summary>A bound address in memory.</summary>
internal sealed class MemoryListener(MemoryNetwork network, IPEndPoint local, MemoryDefects defect) : TransportListener
{
    private readonly List<Transport> _accepted = [];
    private Action<Transport>? _onAccepted;

    public override IPEndPoint LocalEndPoint => local;

    public override void Start(Action<Transport> accepted, Action<Exception> failed) => _onAccepted = accepted;

    public override void Close()
    {
        network.Remove(this);
        if (defect == MemoryDefects.ListenerClosesConnections)
        {
            _accepted.ForEach(transport => transport.Abort());
        }
    }

    public override void Schedule(Action<object?> callback, object? state) =>
        ThreadPool.QueueUserWorkItem(callback, state, preferLocal: false);

    /// <summary>One at a time, as the streams expect.</summary>
    public bool TryAccept(Transport transport)
    {
        lock (_accepted)
        {
            _accepted.Add(transport);
            _onAccepted?.Invoke(transport);
            return _onAccepted is not null;
        }
    }
}
