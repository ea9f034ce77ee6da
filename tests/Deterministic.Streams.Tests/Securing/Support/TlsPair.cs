using System.Net.Security;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>Both ends of a connection in memory, that is plain or over TLS. Whatever a test begins is over when the queue is empty, or waits for time.</summary>
internal sealed class TlsPair
{
    public TlsPair(ConnectionOptions? client = null, ConnectionOptions? server = null)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        (ClientWire, ServerWire) = JoinedTransport.Pair(Queue, Time);
        Client = Connection.Attach(ClientWire, client);
        Server = Connection.Attach(ServerWire, server);
    }

    public TestQueue Queue { get; } = new();

    public TestTime Time { get; } = new();

    public JoinedTransport ClientWire { get; }

    public JoinedTransport ServerWire { get; }

    public Connection Client { get; }

    public Connection Server { get; }

    public static TlsClientOptions ClientOptions { get; } =
        new() { ServerName = Certificates.ServerName, Authentication = Certificates.ClientAuthentication() };

    public static TlsServerOptions ServerOptions { get; } = new(Certificates.Server);

    /// <summary>A pair over TLS.</summary>
    public static TlsPair Secured(TlsClientOptions? client = null, TlsServerOptions? server = null)
    {
        TlsPair pair = new();
        (Task near, Task far) = pair.StartTls(client, server);
        pair.Now(near);
        pair.Now(far);
        return pair;
    }

    /// <summary>A pair over TLS that can end one half alone.</summary>
    public static TlsPair HalfClosing() =>
        Secured(ClientOptions with { AllowHalfClose = true }, ServerOptions with { AllowHalfClose = true });

    public (Task Client, Task Server) StartTls(TlsClientOptions? client = null, TlsServerOptions? server = null)
    {
        Task far = Server.StartTlsAsync(server ?? ServerOptions);
        Task near = Client.StartTlsAsync(client ?? ClientOptions);
        Queue.Run();
        return (near, far);
    }

    public void Advance(TimeSpan span)
    {
        Time.Advance(span);
        Queue.Run();
    }

    public void Now(Task task)
    {
        Queue.Run();
        task.Now();
    }

    public T Now<T>(Task<T> task)
    {
        Queue.Run();
        return task.Now();
    }

    public T Now<T>(ValueTask<T> task) => Now(task.AsTask());

    public void Now(ValueTask task) => Now(task.AsTask());

    public ConnectionException Error(Task task, ConnectionErrorKind kind)
    {
        Queue.Run();
        ConnectionException error = task.Error<ConnectionException>();
        error.Kind.ShouldBe(kind, error.ToString());
        return error;
    }

    public ConnectionException Error(ValueTask task, ConnectionErrorKind kind) => Error(task.AsTask(), kind);

    /// <summary>What one side writes is what the other reads, both ways.</summary>
    public void ShouldCarry(string text = "a word")
    {
        ShouldCarry(Client.Writer, Server.Reader, text);
        ShouldCarry(Server.Writer, Client.Reader, text);
    }

    /// <summary>Nothing is left of it: no timer, and both wires let go.</summary>
    public void ShouldBeGone()
    {
        Queue.Run();
        Time.Set.ShouldBe(0, "timers are left");
        ClientWire.Gone.ShouldNotBeNull();
        ServerWire.Gone.ShouldNotBeNull();
    }

    private void ShouldCarry(AsyncStreamWriter writer, AsyncStreamReader reader, string text)
    {
        writer.Write(Bytes.Of(text));
        Bytes.Text(Now(reader.ReadExactlyAsync(text.Length))).ShouldBe(text);
    }
}
