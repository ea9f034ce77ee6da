using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Deterministic.Sockets.Watching;

/// <summary>What one socket is watched for.</summary>
/// <param name="socket">Non-blocking.</param>
/// <param name="ready">Called on the watcher's thread: passes the event on, and does not block. Can be spurious.</param>
internal sealed class SocketWatch(Socket socket, Action<SocketEvents> ready)
{
    private readonly Lock _gate = new();

    /// <summary>The number at the watcher; 0 until something is waited for, negative once closed.</summary>
    private long _id;
    private SocketEvents _waiting;

    /// <summary>Has <c>ready</c> called once when one of these is true, which may be now.</summary>
    /// <returns>False if the socket is closed, or the system has no room for another watch.</returns>
    public bool TryWait(SocketEvents events)
    {
        lock (_gate)
        {
            return TrySetLocked(_waiting | events);
        }
    }

    /// <summary>The socket is closed; its registration went with it.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_id > 0)
            {
                SocketWatcher.Default.Remove(_id);
            }

            _id = -1;
        }
    }

    /// <summary>On the watcher's thread.</summary>
    public void OnFired(SocketEvents events)
    {
        lock (_gate)
        {
            // A registration fires once for all that it is set for. If it was set again since, the event is delivered to that wait, which then checks.
            SocketEvents left = _waiting & ~events;
            _waiting = SocketEvents.None;
            if (left != SocketEvents.None)
            {
                TrySetLocked(left);
            }
        }

        ready(events);
    }

    private bool TrySetLocked(SocketEvents events)
    {
        if (_id < 0)
        {
            return false;
        }

        bool isHeld = false;
        SafeHandle handle = socket.SafeHandle;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            bool isAdded = _id > 0;
            long id = isAdded ? _id : SocketWatcher.Default.Add(this);
            if (!SocketWatcher.Default.TrySet((int)handle.DangerousGetHandle(), id, events, isAdded))
            {
                if (!isAdded)
                {
                    SocketWatcher.Default.Remove(id);
                }

                return false;
            }

            _id = id;
            _waiting = events;
            return true;
        }
        catch (ObjectDisposedException)
        {
            // Closed by another thread meanwhile.
            return false;
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }
}
