namespace Deterministic.Sockets.Serving;

/// <summary>Lets any thread stop a loop of accepts and start it again, so that it never runs twice and is never left stopped by mistake.</summary>
internal sealed class AcceptPause
{
    private readonly Lock _gate = new();
    private AcceptFlow _flow;

    /// <summary>Running to pausing. Idempotent.</summary>
    public void Pause()
    {
        lock (_gate)
        {
            _flow = _flow == AcceptFlow.Running ? AcceptFlow.Pausing : _flow;
        }
    }

    /// <summary>To running. Idempotent.</summary>
    /// <returns>Whether the loop was stopped: the caller starts it again.</returns>
    public bool Resume()
    {
        lock (_gate)
        {
            bool stood = _flow == AcceptFlow.Paused;
            _flow = AcceptFlow.Running;
            return stood;
        }
    }

    /// <summary>The loop is at a place where it can stop: pausing to paused.</summary>
    /// <returns>Whether the loop must stop. What it leaves behind, it must have left before: another thread may start it again at once.</returns>
    public bool TryStop()
    {
        lock (_gate)
        {
            _flow = _flow == AcceptFlow.Running ? AcceptFlow.Running : AcceptFlow.Paused;
            return _flow == AcceptFlow.Paused;
        }
    }
}
