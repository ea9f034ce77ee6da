namespace Deterministic.Streams;

/// <summary>An accepted connection, and what its server knows of it. Guarded by the server's lock.</summary>
internal sealed class Session(TransportListener listener, Connection connection)
{
    /// <summary>Where it came in: its handler starts there.</summary>
    public TransportListener Listener => listener;

    public Connection Connection => connection;

    /// <summary>Its place in the order in which connections came, from 1.</summary>
    public long Number { get; set; }

    public SessionState State { get; set; }
}
