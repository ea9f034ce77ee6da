using System.Net;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Faults.Decorating;

/// <summary>A listener whose connections are decorated.</summary>
internal sealed class FaultyListener : TransportListener
{
    private readonly TransportListener _inner;
    private readonly FaultDecisions _faults;
    private readonly string _host;
    private readonly ServerOptions _options;

    public FaultyListener(TransportListener inner, FaultDecisions faults, string host, ServerOptions options)
    {
        _inner = inner;
        _faults = faults;
        _host = host;
        _options = options;
        faults.Names.Add(inner.LocalEndPoint, host);
    }

    public override EndPoint LocalEndPoint => _inner.LocalEndPoint;

    public override object? GetExtraInfo(string name) => _inner.GetExtraInfo(name);

    public override void Start(Action<Transport> accepted, Action<Exception> failed) =>
        _inner.Start(transport => accepted(Decorate(transport)), failed);

    public override void PauseAccepting() => _inner.PauseAccepting();

    public override void ResumeAccepting() => _inner.ResumeAccepting();

    public override void Close()
    {
        _inner.Close();
        _faults.Names.Remove(_inner.LocalEndPoint, _host);
    }

    public override void Schedule(Action<object?> callback, object? state) => _inner.Schedule(callback, state);

    public override void StartHandler(Action<object?> callback, object? state) => _inner.StartHandler(callback, state);

    public override void ProgramFailed(Exception exception) => _inner.ProgramFailed(exception);

    private FaultyTransport Decorate(Transport transport) =>
        new(
            transport,
            _faults,
            _faults.NextConnection(),
            _host,
            new Peer(_faults.Names, transport.RemoteEndPoint, _inner.LocalEndPoint),
            _options
        );
}
