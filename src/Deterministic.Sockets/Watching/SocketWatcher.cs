using System.Collections.Concurrent;

namespace Deterministic.Sockets.Watching;

/// <summary>
/// The one thread of the process that waits for ready sockets, and notifies their watches. The runtime's own asynchronous operations complete on the thread pool only, all of whose threads
/// may be blocked; and they report a send only when it is over, so that no other thread can continue it.
/// <para>This folder is readiness without the thread pool: this thread, the <see cref="SocketWatch"/> of each socket, and <see cref="Epoll"/> below.</para>
/// </summary>
/// <remarks>It runs no code that could block: a watch passes the event on.</remarks>
internal sealed class SocketWatcher
{
    private static readonly Lazy<SocketWatcher> Shared = new(static () => new SocketWatcher());

    private readonly Epoll _epoll = new();
    private readonly ConcurrentDictionary<long, SocketWatch> _watches = new();
    private long _lastId;

    private SocketWatcher() =>
        new Thread(Run) { IsBackground = true, Name = "Deterministic socket watcher" }.UnsafeStart();

    /// <summary>Whether this system has one.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Begun when first needed.</summary>
    public static SocketWatcher Default => Shared.Value;

    /// <returns>The number of the watch.</returns>
    public long Add(SocketWatch watch)
    {
        long id = Interlocked.Increment(ref _lastId);
        _watches[id] = watch;
        return id;
    }

    public void Remove(long id) => _watches.TryRemove(id, out _);

    /// <inheritdoc cref="Epoll.TrySet"/>
    public bool TrySet(int descriptor, long id, SocketEvents events, bool isAdded) =>
        _epoll.TrySet(descriptor, id, events, isAdded);

    private void Run()
    {
        Action<long, SocketEvents> fired = OnFired;
        while (true)
        {
            _epoll.Wait(fired);
        }
    }

    private void OnFired(long id, SocketEvents events)
    {
        // A socket that was closed meanwhile has none.
        if (_watches.TryGetValue(id, out SocketWatch? watch))
        {
            watch.OnFired(events);
        }
    }
}
