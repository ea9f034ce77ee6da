using System.Net;

namespace Deterministic.Streams;

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
    /// <param name="failed">Called when accepting fails; the listener goes on if it can.</param>
    public abstract void Start(Action<Transport> accepted, Action<Exception> failed);

    /// <summary>Stops listening and lets the address go. Idempotent. Connections already accepted go on.</summary>
    public abstract void Close();

    /// <summary>Runs a callback soon, not on the caller's stack: see <see cref="Transport.Schedule"/>.</summary>
    /// <param name="callback">What to run; it does not throw.</param>
    /// <param name="state">Its argument.</param>
    public abstract void Schedule(Action<object?> callback, object? state);

    /// <summary>Starts a handler: as <see cref="Schedule"/>, but what runs is the program's own code, in the context that its awaits shall come back to.</summary>
    /// <param name="callback">What to run; it does not throw.</param>
    /// <param name="state">Its argument.</param>
    public virtual void StartHandler(Action<object?> callback, object? state) => Schedule(callback, state);
}
