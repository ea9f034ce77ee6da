using System.Net;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tool;

/// <summary>A network whose servers report the exceptions of their handlers.</summary>
/// <param name="inner">The network to decorate.</param>
/// <param name="programFailed">Called on any thread with an exception from a handler.</param>
internal sealed class WatchedNetwork(INetwork inner, Action<Exception> programFailed) : INetwork
{
    public TimeProvider TimeProvider => inner.TimeProvider;

    public ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    ) => inner.ConnectAsync(remote, options, cancellationToken);

    public async ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    ) => Watch(await inner.BindAsync(local, options, cancellationToken));

    public async ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        IReadOnlyList<EndPoint> locals,
        ServerOptions options,
        CancellationToken cancellationToken
    ) => Watch(await inner.BindAsync(locals, options, cancellationToken));

    private IReadOnlyList<TransportListener> Watch(IReadOnlyList<TransportListener> listeners) =>
        [.. listeners.Select(listener => new WatchedListener(listener, programFailed))];

    private sealed class WatchedListener(TransportListener inner, Action<Exception> programFailed) : TransportListener
    {
        public override EndPoint LocalEndPoint => inner.LocalEndPoint;

        public override object? GetExtraInfo(string name) => inner.GetExtraInfo(name);

        public override void Start(Action<Transport> accepted, Action<Exception> failed) =>
            inner.Start(accepted, failed);

        public override void PauseAccepting() => inner.PauseAccepting();

        public override void ResumeAccepting() => inner.ResumeAccepting();

        public override void Close() => inner.Close();

        public override void Schedule(Action<object?> callback, object? state) => inner.Schedule(callback, state);

        public override void StartHandler(Action<object?> callback, object? state) =>
            inner.StartHandler(callback, state);

        public override void ProgramFailed(Exception exception)
        {
            inner.ProgramFailed(exception);
            programFailed(exception);
        }
    }
}
