namespace Deterministic.Streams.Tests;

/// <summary>A server over scripted listeners.</summary>
internal sealed class Shop
{
    public Shop(Func<Connection, Task>? handler = null, ServerOptions? options = null, int listeners = 1)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        Listeners = [.. Enumerable.Range(7, listeners).Select(port => new ScriptedListener(port))];
        ServerOptions all = (options ?? new ServerOptions()) with { OnError = Errors.Add };
        ScriptedNetwork network = new(Listeners);
        Time = network.Time;
        Server = network.StartServerAsync(handler ?? ForEver, options: all).AsTask().Now();
    }

    public ScriptedListener[] Listeners { get; }

    public StreamServer Server { get; }

    /// <summary>The time of the network that it serves on.</summary>
    public ScriptedTime Time { get; }

    public List<Exception> Errors { get; } = [];

    /// <summary>A handler that never returns.</summary>
    public static Task ForEver(Connection connection) => new TaskCompletionSource().Task;

    /// <summary>A peer connects, and its handler starts.</summary>
    public ScriptedTransport Connect(int listener = 0)
    {
        ScriptedTransport transport = Listeners[listener].Accept();
        RunScheduled();
        return transport;
    }

    public Task WaitClosedAsync(CancellationToken token = default) => Server.WaitClosedAsync(token).AsTask();

    public int RunScheduled() => Listeners.Sum(listener => listener.RunScheduled());
}
