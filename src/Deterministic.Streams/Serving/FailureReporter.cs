namespace Deterministic.Streams.Serving;

/// <summary>
/// Tells whoever listens what went wrong in a server, and keeps count where nobody does. What a listener throws is counted like any other failure and harms nobody.
/// </summary>
/// <param name="onError">Called with each failure; null for nobody.</param>
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
            // There is nobody left to tell: a listener that fails is asked no second time about its own failure.
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
