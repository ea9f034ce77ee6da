using System.Net;
using Deterministic.Simulation;
using Deterministic.Simulation.Tcp;
using Deterministic.Simulation.Waiting;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Kernel.Tests;

/// <summary>The simulated TCP, between two hosts of a calm network.</summary>
internal sealed class SimulatedStage : Stage
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedHost _server;
    private readonly SimulatedHost _client;

    public SimulatedStage(SimulatedWorld world, StageOptions options)
        : base(options)
    {
        _world = world;
        TcpOptions tcp = world.TcpOptions;
        tcp = tcp with
        {
            RetransmissionTimeout = options.RetransmissionTimeout ?? tcp.RetransmissionTimeout,
            ConnectTimeout = options.ConnectTimeout ?? tcp.ConnectTimeout,
            FinTimeout = options.FinTimeout ?? tcp.FinTimeout,
            SendBufferBytes = options.BufferBytes ?? tcp.SendBufferBytes,
            ReceiveBufferBytes = options.BufferBytes ?? tcp.ReceiveBufferBytes,
        };
        _server = world.Host("server");
        _client = world.Host("client");
        _server.TcpOptions = _client.TcpOptions = tcp;
    }

    public override TimeProvider Time => _world.TimeProvider;

    public override void Silence(End end) => WayTo(end).Partition();

    public override void Heal(End end) => WayTo(end).Heal();

    public override void Silence(Port port) => _world.Link(_client, _server).Partition();

    public override void CloseUnread(End end) => Find(end)!.Close();

    public override void Forget(End end) => Find(end)!.Crash(CrashStyle.Silent);

    protected override async Task<TransportListener> ListenerAsync(int port, ServerOptions how) =>
        (await _server.BindAsync(new IPEndPoint(_server.Address, port), how, CancellationToken.None))[0];

    protected override Task<Transport> TransportAsync(EndPoint address, int localPort) =>
        _client
            .ConnectAsync(
                address,
                localPort == 0
                    ? Options.Client
                    : Options.Client with
                    {
                        LocalEndPoint = new IPEndPoint(_client.Address, localPort),
                    },
                CancellationToken.None
            )
            .AsTask();

    protected override string StateOf(End end) =>
        (Find(end)?.State ?? TcpState.Closed) switch
        {
            TcpState.SynSent => "SYN-SENT",
            TcpState.SynReceived => "SYN-RECEIVED",
            TcpState.Established => "ESTABLISHED",
            TcpState.FinWait1 => "FIN-WAIT-1",
            TcpState.FinWait2 => "FIN-WAIT-2",
            TcpState.CloseWait => "CLOSE-WAIT",
            TcpState.Closing => "CLOSING",
            TcpState.LastAck => "LAST-ACK",
            TcpState.TimeWait => "TIME-WAIT",
            _ => "CLOSED",
        };

    protected override int Unread(End end) => Find(end)?.Unread ?? 0;

    private SimulatedLink WayTo(End end)
    {
        TcpFlow flow = FlowOf(end);
        return _world.Link((SimulatedHost)flow.Peer, (SimulatedHost)flow.Host);
    }

    private static TcpEndpoint? Find(End end)
    {
        TcpFlow flow = FlowOf(end);
        return flow.Host.Tcp.Find(flow.Key);
    }

    private static TcpFlow FlowOf(End end) => (TcpFlow)end.Transport.GetExtraInfo(IWaitTarget.ExtraInfo)!;
}
