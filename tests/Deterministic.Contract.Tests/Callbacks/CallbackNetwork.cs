using System.Buffers;
using System.Net;
using Deterministic.Streams;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Protocols;

namespace Deterministic.Contract.Tests;

/// <summary>A network whose connections go through the callbacks of protocols: connections above, callbacks in between, connections of another network below.</summary>
internal sealed class CallbackNetwork(INetwork below) : INetwork
{
    public TimeProvider TimeProvider => below.TimeProvider;

    /// <summary>What the connections below hold of one direction: a queue and a read buffer, each up to its bound and a piece more. 1 MiB is above it.</summary>
    private const int HeldBelow = 1024 * 1024;

    /// <summary>The world with callbacks in all its connections.</summary>
    public static ContractWorld Over(ContractWorld world) =>
        world with
        {
            Server = new CallbackNetwork(world.Server),
            Client = new CallbackNetwork(world.Client),
            NetworkHoldsBytes = world.NetworkHoldsBytes + HeldBelow,
        };

    public async ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        Transport transport = await below.ConnectAsync(remote, options, cancellationToken).ConfigureAwait(false);
        return Wrap(transport, options);
    }

    public async ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<TransportListener> listeners = await below
            .BindAsync(local, options, cancellationToken)
            .ConfigureAwait(false);
        return [.. listeners.Select(listener => new Listener(listener, options))];
    }

    private static CallbackTransport Wrap(Transport transport, ConnectionOptions options)
    {
        CallbackTransport above = new();
        ConnectionProtocolTransport.Start(Connection.Attach(transport, options), () => new Bridge(above));
        return above;
    }

    /// <summary>What a <see cref="StreamReaderProtocol"/> does, without its connection: that is the contract's.</summary>
    private sealed class Bridge(CallbackTransport above) : StreamProtocol
    {
        public override void ConnectionMade(ProtocolTransport transport) => above.Made(transport);

        public override void DataReceived(ReadOnlySequence<byte> data) => above.DataReceived(data);

        public override bool EofReceived()
        {
            above.EofReceived();
            return true;
        }

        public override void PauseWriting() => above.PauseWriting();

        public override void ResumeWriting() => above.ResumeWriting();

        public override void ConnectionLost(Exception? exception) => above.ConnectionLost(exception);
    }

    private sealed class Listener(TransportListener below, ServerOptions options) : TransportListener
    {
        public override EndPoint LocalEndPoint => below.LocalEndPoint;

        public override void Start(Action<Transport> accepted, Action<Exception> failed) =>
            below.Start(transport => accepted(Wrap(transport, options)), failed);

        public override void PauseAccepting() => below.PauseAccepting();

        public override void ResumeAccepting() => below.ResumeAccepting();

        public override void Close() => below.Close();

        public override void Schedule(Action<object?> callback, object? state) => below.Schedule(callback, state);

        public override void StartHandler(Action<object?> callback, object? state) =>
            below.StartHandler(callback, state);
    }
}
