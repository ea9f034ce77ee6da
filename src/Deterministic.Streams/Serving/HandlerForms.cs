namespace Deterministic.Streams.Serving;

/// <summary>Every form of a handler as the one that a server runs.</summary>
/// <remarks>A plain handler returns at once and its connection stays open, so its task lasts as long as the connection. Clause P-03.</remarks>
internal static class HandlerForms
{
    public static Func<Connection, Task> ToTask(Action<Connection> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return connection =>
        {
            handler(connection);
            return connection.WhenGoneAsync();
        };
    }

    public static Func<Connection, Task> ToTask(Action<AsyncStreamReader, AsyncStreamWriter> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return ToTask(connection => handler(connection.Reader, connection.Writer));
    }

    public static Func<Connection, Task> ToTask(Func<AsyncStreamReader, AsyncStreamWriter, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return connection => handler(connection.Reader, connection.Writer);
    }
}
