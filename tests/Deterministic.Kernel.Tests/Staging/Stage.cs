using System.Net;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Kernel.Tests;

/// <summary>A world with a server's place and a client's, in which one scenario is played, and the notes of what was seen there.</summary>
internal abstract class Stage(StageOptions options)
{
    /// <summary>When what does not come is given up. Only a scenario that is about to fail waits for so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How long nothing must have happened to be taken for waiting.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    private readonly List<string> _notes = [];
    private readonly List<Port> _ports = [];
    private readonly List<End> _ends = [];

    public StageOptions Options => options;

    public abstract TimeProvider Time { get; }

    /// <summary>What was seen so far, in order.</summary>
    public string Outcome => string.Join('\n', _notes);

    public void Note(string what) => _notes.Add(what);

    /// <summary>Notes what became of an operation once it has ended.</summary>
    public async Task SeeAsync(Task<string> operation) => Note(await operation);

    /// <summary>Binds a port of the server.</summary>
    /// <param name="port">Which; 0 for any.</param>
    /// <param name="how">As the stage has it if null.</param>
    /// <returns>Null, with a note, if that failed.</returns>
    public async Task<Port?> TryBindAsync(int port, ServerOptions? how = null)
    {
        try
        {
            return await BindAsync(port, how);
        }
        catch (ConnectionException error)
        {
            Note($"the server binds: {Words.Of(error)}");
            return null;
        }
    }

    /// <summary>As <see cref="TryBindAsync"/>, of what can't fail.</summary>
    public async Task<Port> BindAsync(int port = 0, ServerOptions? how = null)
    {
        Port bound = new(this, await ListenerAsync(port, how ?? options.Server));
        _ports.Add(bound);
        return bound;
    }

    /// <summary>A client connects.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="localPort">Where from; 0 for any.</param>
    /// <param name="name">What notes call the client.</param>
    /// <returns>Null, with a note, if that failed.</returns>
    public async Task<End?> TryConnectAsync(EndPoint address, int localPort = 0, string name = "client")
    {
        try
        {
            return Keep(new End(this, name, await TransportAsync(address, localPort)));
        }
        catch (ConnectionException error)
        {
            Note($"{name} connects: {Words.Of(error)}");
            return null;
        }
    }

    /// <summary>Both ends of a new connection.</summary>
    public async Task<(End Client, End Server)> ConnectAsync()
    {
        Port port = await BindAsync();
        port.Start();
        return await ConnectAsync(port);
    }

    /// <summary>Both ends of a new connection to a port that accepts.</summary>
    public async Task<(End Client, End Server)> ConnectAsync(Port port)
    {
        End client = Keep(new End(this, "client", await TransportAsync(port.Address, localPort: 0)));
        return (client, await port.AcceptAsync());
    }

    public End Keep(End end)
    {
        _ends.Add(end);
        return end;
    }

    /// <summary>Waits until both ends are where they are said to come to, and notes where they are.</summary>
    public async Task StatesAsync(End client, string clientState, End server, string serverState)
    {
        await UntilAsync(() => StateOf(client) == clientState && StateOf(server) == serverState);
        Note($"now the client is {StateOf(client)} and the server {StateOf(server)}");
    }

    /// <summary>Waits until one end is where it is said to come to, and notes where it is.</summary>
    public async Task StateAsync(End end, string state)
    {
        await UntilAsync(() => StateOf(end) == state);
        Note($"now the {end.Name} is {StateOf(end)}");
    }

    /// <summary>Waits until so many bytes have arrived and are unread.</summary>
    public Task ArrivedAsync(End end, int count) => UntilAsync(() => Unread(end) >= count);

    /// <summary>Notes whether an operation waits.</summary>
    /// <param name="operation">Begun.</param>
    /// <param name="what">What notes call it.</param>
    /// <param name="time">How long to watch; a moment if null.</param>
    public async Task StillWaitsAsync(Task operation, string what, TimeSpan? time = null)
    {
        await Task.Delay(time ?? Calm, Time);
        Note(operation.IsCompleted ? $"{what} has ended" : $"{what} waits");
    }

    /// <summary>Notes, after what an operation noted, that it did not end before its time.</summary>
    public async Task NotBeforeAsync(TimeSpan time, string what, Func<Task> operation)
    {
        long start = Time.GetTimestamp();
        await operation();

        // Kernels count in ticks of up to 10 ms.
        Note(Time.GetElapsedTime(start) > time * 0.95 ? $"not before {what}" : $"before {what}");
    }

    /// <summary>Lets a while pass.</summary>
    public Task PassAsync(TimeSpan? time = null) => Task.Delay(time ?? Calm, Time);

    /// <summary>From now on nothing arrives at this end.</summary>
    public abstract void Silence(End end);

    /// <summary>What arrives at this end arrives again.</summary>
    public abstract void Heal(End end);

    /// <summary>From now on nothing arrives at a port that listens.</summary>
    public abstract void Silence(Port port);

    /// <summary>Closes as <c>close(2)</c> does, with what is unread.</summary>
    public abstract void CloseUnread(End end);

    /// <summary>This end knows of no connection any more, as after a power cut, silently.</summary>
    public abstract void Forget(End end);

    /// <summary>Leaves nothing behind.</summary>
    public void Clear()
    {
        _ends.ForEach(end => end.Drop());
        _ports.ForEach(port => port.Close());
    }

    protected abstract Task<TransportListener> ListenerAsync(int port, ServerOptions how);

    protected abstract Task<Transport> TransportAsync(EndPoint address, int localPort);

    /// <summary>Of RFC 9293, in capitals; CLOSED if there is no such connection any more.</summary>
    protected abstract string StateOf(End end);

    protected abstract int Unread(End end);

    private async Task UntilAsync(Func<bool> condition)
    {
        long start = Time.GetTimestamp();
        while (!condition() && Time.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(Glance, Time);
        }
    }
}
