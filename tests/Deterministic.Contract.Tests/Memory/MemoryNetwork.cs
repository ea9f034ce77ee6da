using System.Net;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract.Tests;

/// <summary>
/// A driver as a third party would write one: connections within the process, on the thread pool. It keeps the contract, and with a defect it does not.
/// </summary>
internal sealed class MemoryNetwork(Defect defect = Defect.None) : INetwork
{
    /// <summary>An address that no route leads to.</summary>
    public static readonly IPEndPoint Unreachable = new(IPAddress.Parse("192.0.2.1"), 9);

    /// <summary>An address that never answers.</summary>
    public static readonly IPEndPoint Silent = new(IPAddress.Parse("192.0.2.2"), 9);

    /// <summary>Those defects that a transport in front of a sound one has.</summary>
    private static readonly HashSet<Defect> Seam =
    [
        Defect.AcceptsWithinAccepting,
        Defect.ClockStandsStill,
        Defect.CloseFails,
        Defect.DeniesHalfClose,
        Defect.ForgetsAddressesAtClose,
        Defect.KeepsTheCallersMemory,
        Defect.ReceivesNothing,
        Defect.ReportsOnTheCallersStack,
        Defect.ReportsTwice,
        Defect.SchedulesInline,
        Defect.SendsTheLastSegmentFirst,
        Defect.ThrowsForUnknownFacts,
        Defect.ThrowsFromSend,
        Defect.TriedSendIsPending,
    ];

    private readonly List<MemoryTransport> _neighbours = [];
    private readonly Dictionary<IPEndPoint, MemoryListener> _listeners = [];
    private int _nextPort = 50_000;

    public TimeProvider TimeProvider => TimeProvider.System;

    public async ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        CancellationToken token = Heeded(cancellationToken);
        token.ThrowIfCancellationRequested();
        // The caller of a connect continues elsewhere, as on any real network.
        await Task.Yield();
        IPEndPoint target = (IPEndPoint)remote;
        if (target.Equals(Unreachable))
        {
            throw Failure(ConnectionErrorKind.Unreachable, $"No route leads to {remote}.");
        }

        if (target.Equals(Silent))
        {
            await Task.Delay(Timeout.Infinite, token);
        }

        (MemoryTransport client, MemoryTransport server) = MemoryTransport.CreatePair(
            new IPEndPoint(target.Address, TakePort()),
            target,
            defect
        );
        AddNeighbour(client);
        if (Find(target) is not { } listener || !listener.TryAccept(server))
        {
            await (
                defect == Defect.NeverRefuses ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask
            );
            throw Failure(ConnectionErrorKind.Refused, $"Nobody listens at {remote}.");
        }

        if (token.IsCancellationRequested && defect != Defect.CancelledConnectLeaks)
        {
            client.Abort();
        }

        token.ThrowIfCancellationRequested();
        return Given(client);
    }

    public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        if (Heeded(cancellationToken).IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IReadOnlyList<TransportListener>>(cancellationToken);
        }

        IPEndPoint wanted = (IPEndPoint)local;
        IPAddress place = defect == Defect.ConfusesFamilies ? IPAddress.Loopback : wanted.Address;
        IPEndPoint address = new(place, wanted.Port == 0 ? TakePort() : wanted.Port);
        MemoryListener listener = new(this, address, defect);
        lock (_listeners)
        {
            if (_listeners.ContainsKey(address) && defect != Defect.StealsAddresses)
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
            if (Find(listener.Address) == listener && defect != Defect.KeepsAddresses)
            {
                _listeners.Remove(listener.Address);
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

    /// <summary>What the streams are given for a transport.</summary>
    public Transport Given(MemoryTransport transport) =>
        Seam.Contains(defect) ? new DefectiveTransport(transport, defect) : transport;

    /// <summary>A connection from nowhere.</summary>
    public MemoryTransport Stray() => MemoryTransport.CreatePair(Silent, Silent, defect).Server;

    /// <summary>For the defect that makes neighbours of connections.</summary>
    private void AddNeighbour(MemoryTransport client)
    {
        if (defect == Defect.CloseTakesNeighbours)
        {
            lock (_neighbours)
            {
                _neighbours.Add(client);
            }

            client.TakeAlong = AbortNeighbours;
        }
    }

    private void AbortNeighbours()
    {
        lock (_neighbours)
        {
            _neighbours.ForEach(neighbour => neighbour.Abort());
        }
    }

    private CancellationToken Heeded(CancellationToken token) =>
        defect == Defect.IgnoresCancellation ? CancellationToken.None : token;

    private ConnectionException Failure(ConnectionErrorKind kind, string message) =>
        new(defect == Defect.MisreportsFailures ? ConnectionErrorKind.Other : kind, message);

    private int TakePort() => defect == Defect.AnyPortIsOnePort ? _nextPort : Interlocked.Increment(ref _nextPort);
}
