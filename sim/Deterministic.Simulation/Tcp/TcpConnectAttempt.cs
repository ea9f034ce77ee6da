using Deterministic.Simulation.Context;
using Deterministic.Simulation.Programs;
using Deterministic.Simulation.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tcp;

/// <summary>One attempt to connect to a TCP port.</summary>
internal sealed class TcpConnectAttempt(WorldContext world, TcpEndpoint endpoint, ProgramScope scope)
    : ConnectAttempt(scope, endpoint.Flow)
{
    public ValueTask<Transport> RunAsync(CancellationToken cancellationToken)
    {
        _ = new SimulatedTransport(world, endpoint, Scope, Answer);
        endpoint.Connect();
        return cancellationToken.CanBeCanceled ? WaitAsync(cancellationToken) : new ValueTask<Transport>(Answer.Task);
    }

    protected override void Abandon() => endpoint.Abort();
}
