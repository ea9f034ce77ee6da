using System.IO;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Serving;

/// <summary>
/// An accepted connection, and what its server knows of it. Guarded by the server's lock, unless a member says otherwise.
/// <para>This folder is behind <see cref="StreamServer"/>: sessions, their <see cref="ConnectionTable"/>, <see cref="AcceptThrottle"/>, <see cref="ServerHandshake"/>, <see cref="FailureReporter"/>. Start at the server itself.</para>
/// </summary>
internal sealed class Session(TransportListener listener, Connection connection, long accepted)
{
    private readonly object _gate = new();
    private Exception? _reported;

    /// <summary>Where it came in: its handler starts there.</summary>
    public TransportListener Listener => listener;

    public Connection Connection => connection;

    /// <summary>When it was accepted: a timestamp of the server's time.</summary>
    public long Accepted => accepted;

    /// <summary>Its place in the order in which connections came, from 1.</summary>
    public long Number { get; set; }

    public SessionState State { get; set; }

    /// <summary>
    /// From any thread. Whether a failure is to be reported: not if it is what was reported already, or its cause, or a loss that has it inside. What a handler makes of a loss by itself is its own failure.
    /// </summary>
    public bool TryReport(Exception error)
    {
        lock (_gate)
        {
            if (_reported is not null && (Leads(_reported, error) || (error is IOException && Leads(error, _reported))))
            {
                return false;
            }

            _reported = error;
            return true;
        }
    }

    /// <summary>Whether one exception is the other, or has it inside.</summary>
    private static bool Leads(Exception outer, Exception inner)
    {
        for (Exception? error = outer; error is not null; error = error.InnerException)
        {
            if (error == inner)
            {
                return true;
            }
        }

        return false;
    }
}
