using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract;

/// <summary>Both ends of one connection, as the driver made them.</summary>
internal sealed class RawPair : IDisposable
{
    private readonly TransportListener _listener;

    private RawPair(TransportListener listener, RawEnd near, RawEnd far)
    {
        _listener = listener;
        Client = near;
        Server = far;
    }

    public RawEnd Client { get; }

    public RawEnd Server { get; }

    public static async Task<RawPair> ConnectAsync(ContractWorld world)
    {
        TaskCompletionSource<Transport> accepted = new();
        IReadOnlyList<TransportListener> listeners = await world.Server.BindAsync(
            world.NewAddress(),
            world.WithServer(ServerOptions.Default),
            CancellationToken.None
        );
        TransportListener listener = listeners[0];
        listener.Start(accepted.SetResult, error => accepted.TrySetException(error));
        Transport near = await world.Client.ConnectAsync(
            listener.LocalEndPoint,
            world.WithClient(ClientOptions.Default),
            CancellationToken.None
        );
        return new RawPair(listener, new RawEnd(near), new RawEnd(await accepted.Task));
    }

    public void Dispose()
    {
        Client.Transport.Abort();
        Server.Transport.Abort();
        _listener.Close();
    }
}
