using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Serving;

/// <summary>Keeps a server's listeners paused while it is full, and only then.</summary>
/// <remarks>
/// The lock is its own and is held while the listeners are called: otherwise a resume decided on after a pause could reach them before it, and they would stay paused for ever.
/// What is asked inside may take the server's lock; nothing that holds the server's lock comes here.
/// </remarks>
internal sealed class AcceptThrottle(IReadOnlyList<TransportListener> listeners, Func<bool> isFull)
{
    private readonly object _gate = new();
    private bool _paused;

    /// <summary>Call after each change of the number of connections.</summary>
    public void Update()
    {
        lock (_gate)
        {
            bool full = isFull();
            if (full == _paused)
            {
                return;
            }

            _paused = full;
            foreach (TransportListener listener in listeners)
            {
                if (full)
                {
                    listener.PauseAccepting();
                }
                else
                {
                    listener.ResumeAccepting();
                }
            }
        }
    }
}
