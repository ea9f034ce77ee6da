using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract.Tests;

/// <summary>
/// A driver as a third party would write one: connections within the process, on the thread pool. It keeps the contract, and with a defect it does not.
/// </summary>
internal sealed class MemoryNetwork(MemoryDefects defect = MemoryDefects.None) : INetwork
{
    /// <summary>An address that no route leads to.</summary>
    public static readonly IPEndPoint Unreachable = new(IPAddress.Parse("192.0.2.1"), 9);

    /// <summary>An address that never answers.</summary>
    public static readonly IPEndPoint Silent = new(IPAddress.Parse("192.0.2.2"), 9);

    private readonly Dictionary<IPEndPoint, MemoryListener> _listeners = [];
    private int _nextPort = 50_000;

    public TimeProvider TimeProvider => TimeProvider.System;

    public async ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Whoever connects goes on elsewhere, as on any real network.
        await Task.Yield();
        IPEndPoint target = (IPEndPoint)remote;
        (MemoryTransport client, MemoryTransport server) = MemoryTransport.CreatePair(
            new IPEndPoint(target.Address, TakePort()),
            target,
            defect
        );
        if (target.Equals(Unreachable))
        {
            throw new ConnectionException(ConnectionErrorKind.Unreachable, $"No route leads to {remote}.");
        }

        if (target.Equals(Silent))
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (Find(target) is not { } listener || !listener.TryAccept(server))
        {
            await (
                defect == MemoryDefects.NeverRefuses
                    ? Task.Delay(Timeout.Infinite, cancellationToken)
                    : Task.CompletedTask
            );
            throw new ConnectionException(ConnectionErrorKind.Refused, $"Nobody listens at {remote}.");
        }

        if (cancellationToken.IsCancellationRequested && defect != MemoryDefects.CancelledConnectLeaks)
        {
            client.Abort();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return client;
    }

    public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IReadOnlyList<TransportListener>>(cancellationToken);
        }

        IPEndPoint wanted = (IPEndPoint)local;
        IPEndPoint address = wanted.Port == 0 ? new IPEndPoint(wanted.Address, TakePort()) : wanted;
        MemoryListener listener = new(this, address, defect);
        lock (_listeners)
        {
            if (_listeners.ContainsKey(address) && defect != MemoryDefects.StealsAddresses)
            {
                throw new ConnectionException(ConnectionErrorKind.AddressInUse, $"{address} is taken.");
            }

            _listeners[address] = listener;
        }

        return ValueTask.FromResult<IReadOnlyList<TransportListener>>([listener]);
    }

    public void Remove(MemoryListener listener)
    {
        lock (_listeners)
        {
            if (Find(listener.LocalEndPoint) == listener)
            {
                _listeners.Remove(listener.LocalEndPoint);
            }
        }
    }

    private MemoryListener? Find(IPEndPoint address)
    {
        lock (_listeners)
        {
            return _listeners.GetValueOrDefault(address);
        }
    }

    private int TakePort() => Interlocked.Increment(ref _nextPort);
}
