using System.Net;

namespace Deterministic.Streams.Driving;

/// <summary>One bound address as a driver provides it. Subclass it to write a driver.</summary>
public abstract class TransportListener
{
    /// <summary>The bound address, with the port that was chosen if 0 was asked for.</summary>
    public abstract EndPoint LocalEndPoint { get; }

    /// <summary>A fact about the listener that only its kind knows, by name, such as <c>socket</c>; null if unknown.</summary>
    /// <param name="name">Its name.</param>
    public virtual object? GetExtraInfo(string name) => null;

    /// <summary>Begins to accept. Called once.</summary>
    /// <param name="accepted">Called for each connection, from any thread, one at a time.</param>
    /// <param name="failed">Called when accepting fails; the listener continues if it can.</param>
    public abstract void Start(Action<Transport> accepted, Action<Exception> failed);

    /// <summary>
    /// Accepts no more until <see cref="ResumeAccepting"/>: connections made meanwhile wait if the network can queue them, and are not refused. Idempotent; from any thread,
    /// also from within <c>accepted</c>, after which none is delivered then. Called elsewhere, one that is being delivered already still comes.
    /// A listener that can't pause does nothing, which is the default: its server then exceeds its limit of connections.
    /// </summary>
    public virtual void PauseAccepting() { }

    /// <summary>Accepts again, those first that waited. Idempotent; from any thread. <c>accepted</c> is not called on the caller's stack.</summary>
    public virtual void ResumeAccepting() { }

    /// <summary>Stops listening and releases the address. Idempotent. Connections already accepted continue.</summary>
    public abstract void Close();

    /// <summary>Runs a callback soon, not on the caller's stack: see <see cref="Transport.Schedule"/>.</summary>
    /// <param name="callback">What to run; it does not throw.</param>
    /// <param name="state">Its argument.</param>
    public abstract void Schedule(Action<object?> callback, object? state);

    /// <summary>Starts a handler: as <see cref="Schedule"/>, but what runs is the program's own code, in the context that its awaits shall come back to.</summary>
    /// <param name="callback">What to run; it does not throw.</param>
    /// <param name="state">Its argument.</param>
    public virtual void StartHandler(Action<object?> callback, object? state) => Schedule(callback, state);

    /// <summary>
    /// The program threw where nothing of it catches the exception: in a handler, in <see cref="ServerOptions.OnError"/> or in a listener of <see cref="StreamServer.ConnectionFailed"/>. The server has
    /// dealt with it (clause P-06); a simulator reports it. Does nothing by default. From any thread, with no lock held.
    /// A listener that decorates another one passes this on.
    /// </summary>
    /// <param name="exception">What was thrown, or why a TLS handshake failed. Never a cancellation of a handler.</param>
    public virtual void ProgramFailed(Exception exception) { }
}
