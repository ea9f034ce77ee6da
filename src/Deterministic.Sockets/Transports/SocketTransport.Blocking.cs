using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Deterministic.Sockets.Connecting;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Tuning;
using Deterministic.Sockets.Watching;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Transports;

/// <content>Threads that block in a wait on this connection, and do its input and output meanwhile.</content>
internal sealed partial class SocketTransport
{
    public override bool AllowsBlockingWaits => true;

    /// <inheritdoc/>
    /// <remarks>
    /// The thread first tries what is pending: the runtime may know already that the socket is ready, and not find a thread to report it. From then on the watch notifies this thread. Where there is no watch, the
    /// runtime's completions need a thread of the pool.
    /// </remarks>
    public override void BeginBlocking(BlockedThread thread)
    {
        if (SocketWatcher.IsSupported)
        {
            ChangeBlocked(blocked => [.. blocked, thread]);
            thread.TryPost(ResumeCallback, this);
        }
    }

    public override void EndBlocking(BlockedThread thread)
    {
        if (SocketWatcher.IsSupported)
        {
            // What was posted to the one that leaves is now for one that stays.
            BlockedThread[] left = ChangeBlocked(blocked => [.. blocked.Where(other => other != thread)]);
            left.LastOrDefault()?.TryPost(ResumeCallback, this);
        }
    }

    /// <summary>Has a blocked thread carry on with what waits.</summary>
    /// <returns>False if there is none.</returns>
    private bool TryPostToBlocked()
    {
        BlockedThread[] blocked = _blocked;
        for (int i = blocked.Length - 1; i >= 0; i--)
        {
            if (blocked[i].TryPost(ResumeCallback, this))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A receive that waits while a thread blocks is not left to the runtime alone.</summary>
    private void WatchForBlocked()
    {
        if (_blocked.Length > 0 && !_receive.IsIdle)
        {
            TryWatch(SocketEvents.Receive);
        }
    }

    private BlockedThread[] ChangeBlocked(Func<BlockedThread[], BlockedThread[]> change)
    {
        BlockedThread[] before;
        BlockedThread[] after;
        do
        {
            before = _blocked;
            after = change(before);
        } while (Interlocked.CompareExchange(ref _blocked, after, before) != before);

        return after;
    }
}
