using Deterministic.Core;
using Deterministic.Simulation.Scheduling;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tcp;

/// <summary>A close that waits until the peer has acknowledged everything, our end of file included. <see cref="ConnectionOptions.Linger"/>.</summary>
internal sealed class LingeringClose
{
    private readonly TcpEndpoint _endpoint;
    private readonly TimeSpan _time;
    private readonly Action<TransportResult> _over;
    private readonly SimulationTimer _timer;

    /// <param name="scheduler">The scheduler of the world.</param>
    /// <param name="endpoint">Closed, and not yet acknowledged.</param>
    /// <param name="time">How long to wait at most.</param>
    /// <param name="over">Told how it ended, from an item of the world, unless it was cut.</param>
    public LingeringClose(
        SimulationScheduler scheduler,
        TcpEndpoint endpoint,
        TimeSpan time,
        Action<TransportResult> over
    )
    {
        _endpoint = endpoint;
        _time = time;
        _over = over;
        _timer = scheduler.CreateTimer(endpoint.Host.Name, _ => TimeOut());
        _timer.ArmAfter(time);
        endpoint.Flushed = Flush;
    }

    /// <summary>Waits no longer.</summary>
    /// <returns>Whether it was still waiting: then its end is not reported.</returns>
    public bool TryCut()
    {
        bool waits = _timer.IsArmed;
        _timer.Cancel();
        _endpoint.Flushed = null;
        return waits;
    }

    private void Flush(ConnectionException? error)
    {
        _timer.Cancel();
        _over(error is null ? TransportResult.Done : TransportResult.Failed(error));
    }

    private void TimeOut()
    {
        _endpoint.Flushed = null;
        _endpoint.Abort();
        _over(
            TransportResult.Failed(
                new ConnectionException(
                    ConnectionErrorKind.TimedOut,
                    $"The peer has not acknowledged everything within the {_time:c} that the close may linger; what is left is dropped."
                )
            )
        );
    }
}
