using System.Net;
using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <content>What happens to its world: listeners, links, hosts and faults.</content>
internal sealed partial class TcpWalk
{
    private void ChangeListener()
    {
        if (_listener is null)
        {
            if (_server.State != HostState.Down)
            {
                _ = ListenAsync();
            }

            return;
        }

        switch (_random.Next(5))
        {
            case 0 or 1:
                _listener.PauseAccepting();
                break;
            case 2 or 3:
                _listener.ResumeAccepting();
                break;
            default:
                _listener.Close();
                _listener = null;
                break;
        }
    }

    private async Task ListenAsync()
    {
        ServerOptions options = new() { Backlog = _random.Next(1, 5), Linger = Linger() };
        _listener = (await _server.BindAsync(new IPEndPoint(_server.Address, 7), options, CancellationToken.None))[0];
        _listener.Start(Keep, static _ => { });
    }

    private TimeSpan? Linger() =>
        _random.Next(6) switch
        {
            0 => TimeSpan.Zero,
            1 => TimeSpan.FromMilliseconds(_random.Next(1, 100_000)),
            _ => null,
        };

    private void ChangeLink()
    {
        SimulatedLink link = _random.Next(2) == 0 ? _world.Link(_client, _server) : _world.Link(_server, _client);
        switch (_random.Next(6))
        {
            case 0:
                link.Partition();
                break;
            case 1:
                link.Hold();
                break;
            case 2 or 3:
                link.Heal();
                break;
            case 4:
                link.LossPerMille = _random.Next(2) * _random.Next(900);
                break;
            default:
                link.Latency = WalkingFaults.Latency(_random);
                break;
        }
    }

    private void ChangeHost()
    {
        SimulatedHost host = _random.Next(2) == 0 ? _client : _server;
        switch (_random.Next(8))
        {
            case 0:
                _listener = host == _server ? null : _listener;
                host.Crash(_random.Next(2) == 0 ? CrashStyle.Silent : CrashStyle.Reset);
                break;
            case 1:
                host.Pause();
                break;
            case 2 or 3:
                host.Resume();
                break;
            case 4:
                host.TcpOptions = Options();
                break;
            default:
                host.Restart();
                break;
        }
    }

    /// <summary>A fault at any endpoint in any state, held by a program or not.</summary>
    private void Strike()
    {
        TcpEndpoint[] endpoints =
        [
            .. _client.Tcp.Endpoints.Concat(_server.Tcp.Endpoints).OrderBy(endpoint => endpoint.Flow.Key),
        ];
        if (endpoints.Length == 0)
        {
            return;
        }

        TcpEndpoint endpoint = endpoints[_random.Next(endpoints.Length)];
        switch (_random.Next(5))
        {
            case 0:
                EndingFaults.Apply(FaultKind.HalfClose, endpoint);
                break;
            case 1:
                EndingFaults.Apply(FaultKind.FinEarly, endpoint);
                break;
            case 2:
                EndingFaults.Apply(FaultKind.Reset, endpoint);
                break;
            case 3:
                EndingFaults.Apply(FaultKind.SilentDrop, endpoint);
                break;
            default:
                endpoint.ScheduleProbe();
                break;
        }
    }

    /// <summary>Whatever was wrong is right from here on.</summary>
    private void Settle()
    {
        _world.StopFaults();
        foreach (SimulatedLink link in (SimulatedLink[])[_world.Link(_client, _server), _world.Link(_server, _client)])
        {
            link.LossPerMille = 0;
            link.Latency = LatencyDistribution.Constant(TimeSpan.FromMilliseconds(1));
            link.Heal();
        }

        foreach (SimulatedHost host in (SimulatedHost[])[_client, _server])
        {
            host.Restart();
            host.Resume();
        }

        _listener?.ResumeAccepting();
        _isSettled = true;
    }

    private TcpOptions Options() =>
        TcpOptions.Default with
        {
            MaxSegmentBytes = _random.Next(3) switch
            {
                0 => _random.Next(1, 20),
                1 => _random.Next(1, 1460),
                _ => 1460,
            },
            SendBufferBytes = Buffer(),
            ReceiveBufferBytes = Buffer(),
            RetransmissionTimeout = TimeSpan.FromSeconds(_random.Next(1, 60)),
            ConnectTimeout = TimeSpan.FromSeconds(_random.Next(1, 30)),
        };

    private int Buffer() => 1 + (int)Math.Pow(10, 4 * _random.NextDouble());
}
