using Deterministic.Simulation.Hosts;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;

namespace Deterministic.Simulation.Connecting;

/// <summary>One attempt to connect to a TCP port.</summary>
internal sealed class TcpConnectAttempt(SimulatedWorld world, TcpEndpoint endpoint, ProgramScope scope)
    : ConnectAttempt(scope, endpoint)
{
    public ValueTask<Transport> RunAsync(CancellationToken cancellationToken)
    {
        _ = new SimulatedTransport(world, endpoint, Scope, Answer);
        endpoint.Connect();
        return cancellationToken.CanBeCanceled ? WaitAsync(cancellationToken) : new ValueTask<Transport>(Answer.Task);
    }

    protected override void Abandon() => endpoint.Abort();
}
