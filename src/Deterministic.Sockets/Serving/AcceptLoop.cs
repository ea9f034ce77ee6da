using System.Net;
using System.Net.Sockets;
using Deterministic.Streams;

namespace Deterministic.Sockets;

/// <summary>Accepts one connection after the other with one reusable operation, until it is retired.</summary>
/// <remarks>At any time one of three things holds: an accept is in flight, one thread is in <see cref="Resume"/>, or the timer is set.</remarks>
internal sealed class AcceptLoop : SocketOperation
{
    private readonly Func<SocketAsyncEventArgs, bool> _accept;
    private readonly EndPoint _local;
    private readonly Action<Transport> _accepted;
    private readonly Action<Exception> _failed;
    private readonly ITimer _pause;
    private readonly SpareDescriptors _spare = new();

    /// <param name="accept">Begins one accept: the socket's own method.</param>
    /// <param name="local">Named in failures.</param>
    /// <param name="accepted">Gets each connection.</param>
    /// <param name="failed">Gets each failure.</param>
    /// <param name="time">Measures the pause after a failure.</param>
    public AcceptLoop(
        Func<SocketAsyncEventArgs, bool> accept,
        EndPoint local,
        Action<Transport> accepted,
        Action<Exception> failed,
        TimeProvider time
    )
    {
        _accept = accept;
        _local = local;
        _accepted = accepted;
        _failed = failed;
        _pause = time.CreateTimer(
            static state => ((AcceptLoop)state!).Resume(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Begins to accept, or goes on after a pause: if there are descriptors again, and not only the last few.</summary>
    public void Resume()
    {
        if (_spare.TryTake())
        {
            Run();
        }
        else if (!IsRetired)
        {
            Report(SocketError.TooManyOpenSockets);
        }
    }

    /// <summary>Ends the loop. Call before closing the socket, so that the accept which that cuts short is not taken for a failure.</summary>
    public void Stop()
    {
        Retire();
        _pause.Dispose();
        _spare.Dispose();
    }

    protected override void Continue()
    {
        if (Handle())
        {
            Run();
        }
    }

    /// <summary>Accepts what waits already, then leaves an accept in flight.</summary>
    private void Run()
    {
        while (TryAcceptAtOnce() && Handle()) { }
    }

    private bool TryAcceptAtOnce()
    {
        if (!TryBegin())
        {
            return false;
        }

        try
        {
            return !_accept(this);
        }
        catch (ObjectDisposedException)
        {
            End();
            return false;
        }
    }

    /// <returns>Whether to accept the next at once.</returns>
    private bool Handle()
    {
        SocketError error = SocketError;
        Socket? socket = AcceptSocket;
        AcceptSocket = null;
        End();
        if (IsRetired)
        {
            // Came in as the listener closed: like those left in the backlog, it is reset (S-CLOSE-01).
            socket?.Close(timeout: 0);
            return false;
        }

        return error == SocketError.Success ? Deliver(socket!) : Report(error);
    }

    private bool Deliver(Socket socket)
    {
        SocketTransport transport;
        try
        {
            transport = new SocketTransport(socket);
        }
        catch (SocketException error)
        {
            // It was reset before anybody looked at it.
            socket.Dispose();
            return Report(error.SocketErrorCode);
        }

        _accepted(transport);
        return true;
    }

    private bool Report(SocketError error)
    {
        bool pause = AcceptFailures.NeedsPause(error);
        if (pause)
        {
            // First of all: what follows may need a thread.
            _spare.Release();
        }

        _failed(SocketErrors.NotAccepted(_local, error));
        if (pause)
        {
            // False, and nothing happens, if the loop was stopped meanwhile.
            _pause.Change(AcceptFailures.Pause, Timeout.InfiniteTimeSpan);
        }

        return !pause;
    }
}
