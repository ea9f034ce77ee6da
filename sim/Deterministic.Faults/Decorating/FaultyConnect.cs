using System.Net;
using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Faults.Decorating;

/// <summary>One attempt to connect from a decorated host.</summary>
internal sealed class FaultyConnect(INetwork inner, FaultDecisions faults, string host, EndPoint remote)
{
    private readonly string _peer = faults.Names.NameOf(remote);
    private readonly long _connection = faults.NextConnection();

    /// <exception cref="ConnectionException">A fault has made it fail, or what lies below.</exception>
    public async ValueTask<Transport> RunAsync(ClientOptions options, CancellationToken cancellationToken)
    {
        TimeSpan longest = faults.Now + TcpDefaults.ConnectTimeout;
        TimeSpan delay = Strike();
        for (; delay > TimeSpan.Zero; delay = Blocked())
        {
            TimeSpan left = longest - faults.Now;
            bool answered = delay < left;
            await FaultyPause.WaitAsync(faults.Time, answered ? delay : left, cancellationToken).ConfigureAwait(false);
            if (!answered)
            {
                throw TimedOut();
            }
        }

        StrikeRefusal();
        faults.Names.BeginConnecting(host, remote);
        try
        {
            Transport transport = await inner.ConnectAsync(remote, options, cancellationToken).ConfigureAwait(false);
            EndPoint? address = transport.LocalEndPoint;
            faults.Names.Add(address, host);
            return new FaultyTransport(transport, faults, _connection, host, new Peer(_peer), options, address);
        }
        finally
        {
            faults.Names.EndConnecting(host, remote);
        }
    }

    /// <summary>What strikes before the attempt leaves its host, and how long it is under way.</summary>
    private TimeSpan Strike()
    {
        InjectionPoint site = new(host, _peer, _connection);
        lock (faults.Gate)
        {
            if (ConnectFaults.Strike(faults.Injector, site))
            {
                return TimeSpan.MaxValue;
            }

            // There and back.
            TimeSpan travel =
                DelayFaults.Latency(faults.Injector, site, faults.Latency)
                + DelayFaults.Latency(faults.Injector, new InjectionPoint(_peer, host, _connection), faults.Latency)
                + faults.Injector.StrikeForTime(FaultKind.ConnectDelay, site);
            return travel > TimeSpan.Zero ? travel : Blocked();
        }
    }

    private void StrikeRefusal()
    {
        lock (faults.Gate)
        {
            if (
                faults.Injector.StrikeAndNote(FaultKind.Refused, new InjectionPoint(host, _peer, _connection))
                is not null
            )
            {
                throw new ConnectionException(
                    ConnectionErrorKind.Refused,
                    $"Connection refused: '{_peer}' at {remote}."
                );
            }
        }
    }

    private TimeSpan Blocked()
    {
        TimeSpan there = faults.BlockedUntil(host, _peer);
        TimeSpan back = faults.BlockedUntil(_peer, host);
        return (there > back ? there : back) - faults.Now;
    }

    private ConnectionException TimedOut() =>
        new(ConnectionErrorKind.TimedOut, $"Connection timed out: '{_peer}' at {remote} does not answer.");
}
