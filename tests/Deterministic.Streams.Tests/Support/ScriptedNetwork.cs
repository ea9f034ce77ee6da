using System.Net;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>A network that the test plays: it gives out what it was given, and remembers what it was asked for.</summary>
internal sealed class ScriptedNetwork(params ScriptedListener[] listeners) : INetwork
{
    public TimeProvider TimeProvider => Time;

    public ScriptedTime Time { get; } = new();

    public ScriptedTransport Transport { get; } = new();

    public EndPoint? Asked { get; private set; }

    public ConnectionOptions? Options { get; private set; }

    public CancellationToken Token { get; private set; }

    public ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        (Asked, Options, Token) = (remote, options, cancellationToken);
        return new ValueTask<Transport>(Transport);
    }

    public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        (Asked, Options, Token) = (local, options, cancellationToken);
        return new ValueTask<IReadOnlyList<TransportListener>>(listeners);
    }
}
