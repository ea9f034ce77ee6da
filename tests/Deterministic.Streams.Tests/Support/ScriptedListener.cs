using System.Net;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>A listener that the test plays.</summary>
internal sealed class ScriptedListener(int port = 7) : TransportListener
{
    private readonly Queue<(Action<object?> Callback, object? State)> _scheduled = [];
    private Action<Transport>? _accepted;
    private Action<Exception>? _failed;

    public override EndPoint LocalEndPoint { get; } = new IPEndPoint(IPAddress.Loopback, port);

    public int Starts { get; private set; }

    /// <summary>Why it does not start.</summary>
    public Exception? StartFailure { get; init; }

    /// <summary>The context that handlers start in.</summary>
    public SynchronizationContext? Context { get; init; }

    public int Closes { get; private set; }

    /// <summary>The calls that pause and resume accepting, in order; the test follows them, or not.</summary>
    public List<string> Flow { get; } = [];

    /// <summary>A peer connects. The handler starts when the scheduled work runs.</summary>
    public ScriptedTransport Accept(ScriptedTransport? transport = null)
    {
        transport ??= new ScriptedTransport();
        _accepted!(transport);
        return transport;
    }

    public void Fail(Exception error) => _failed!(error);

    public int RunScheduled()
    {
        int count = 0;
        while (_scheduled.TryDequeue(out (Action<object?> Callback, object? State) work))
        {
            work.Callback(work.State);
            count++;
        }

        return count;
    }

    public override void Start(Action<Transport> accepted, Action<Exception> failed)
    {
        Starts++;
        if (StartFailure is not null)
        {
            throw StartFailure;
        }

        _accepted = accepted;
        _failed = failed;
    }

    public override void PauseAccepting() => Flow.Add("pause");

    public override void ResumeAccepting() => Flow.Add("resume");

    public override void Close() => Closes++;

    public override void StartHandler(Action<object?> callback, object? state) =>
        Schedule(
            _ =>
            {
                SynchronizationContext.SetSynchronizationContext(Context);
                callback(state);
                SynchronizationContext.SetSynchronizationContext(null);
            },
            null
        );

    public override void Schedule(Action<object?> callback, object? state) => _scheduled.Enqueue((callback, state));
}
