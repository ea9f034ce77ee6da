using System.Net.Sockets;

namespace Deterministic.Sockets.Serving;

/// <summary>
/// A few descriptors kept back while accepting goes well, for the runtime to use once the process has no others: a thread cannot start without some,
/// and the runtime then ends the process ("Out of memory."). A server that runs into its limit should pause, not die.
/// </summary>
/// <remarks>
/// It makes that death less likely, not impossible: between the accept that fails and the release there is none to give, and the runtime may start
/// a thread at any moment, its background compiler for one. What prevents it is a limit on connections below that of the process.
/// </remarks>
internal sealed class ReservedDescriptors : IDisposable
{
    /// <summary>A thread takes two (a pipe) for as long as it lives and one more while it starts; within a pause the pool starts a few at most.</summary>
    private const int Count = 8;

    private readonly Lock _gate = new();
    private readonly List<Socket> _held = new(Count);
    private ReservedState _state;

    /// <summary>Takes them all, or none.</summary>
    /// <returns>Whether they are held now. Never again once disposed.</returns>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_state == ReservedState.Released && TryOpenLocked())
            {
                _state = ReservedState.Held;
            }

            return _state == ReservedState.Held;
        }
    }

    /// <summary>Releases them until the next take.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _state = _state == ReservedState.Held ? ReservedState.Released : _state;
            CloseLocked();
        }
    }

    /// <summary>Releases them permanently.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _state = ReservedState.Disposed;
            CloseLocked();
        }
    }

    private bool TryOpenLocked()
    {
        try
        {
            while (_held.Count < Count)
            {
                // Unconnected sockets: cheap, known to every system, and short when connections are.
                _held.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            }

            return true;
        }
        catch (SocketException)
        {
            CloseLocked();
            return false;
        }
    }

    private void CloseLocked()
    {
        _held.ForEach(socket => socket.Dispose());
        _held.Clear();
    }
}
