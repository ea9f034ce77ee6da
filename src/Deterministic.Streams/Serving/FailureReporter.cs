namespace Deterministic.Streams.Serving;

/// <summary>
/// Reports failures of a server to its callback and its event, and counts them. What a listener throws is counted like any other failure and has no other effect.
/// </summary>
/// <param name="onError">Called with each failure; may be null.</param>
/// <param name="programFailed">Called with what the program itself threw, listeners included; it does not throw.</param>
internal sealed class FailureReporter(Action<Exception>? onError, Action<Exception> programFailed)
{
    private readonly object _gate = new();

    public event EventHandler<ConnectionFailedEventArgs>? ConnectionFailed;

    public long Count
    {
        get
        {
            lock (_gate)
            {
                return field;
            }
        }
        private set;
    }

    public Exception? Last
    {
        get
        {
            lock (_gate)
            {
                return field;
            }
        }
        private set;
    }

    /// <summary>A connection could not be accepted.</summary>
    public void AcceptFailed(Exception error)
    {
        Keep(error);
        InvokeCallback(error);
    }

    /// <summary>A connection's handler threw, or its TLS handshake failed.</summary>
    public void HandlerFailed(object server, Connection connection, Exception error)
    {
        Keep(error);
        programFailed(error);
        InvokeCallback(error);
        if (ConnectionFailed is { } listeners)
        {
            ConnectionFailedEventArgs failure = new(error, connection.LocalEndPoint, connection.RemoteEndPoint);
            foreach (EventHandler<ConnectionFailedEventArgs> listener in Delegate.EnumerateInvocationList(listeners))
            {
                Guarded(() => listener(server, failure));
            }
        }
    }

    private void InvokeCallback(Exception error)
    {
        if (onError is not null)
        {
            Guarded(() => onError(error));
        }
    }

    private void Guarded(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception error)
        {
            // A listener that fails is not called again with its own failure.
            Keep(error);
            programFailed(error);
        }
    }

    private void Keep(Exception error)
    {
        lock (_gate)
        {
            Count++;
            Last = error;
        }
    }
}
