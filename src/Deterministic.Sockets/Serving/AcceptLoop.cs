using System.Net;
using System.Net.Sockets;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Operations;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Serving;

/// <summary>Accepts one connection after the other with one reusable operation, until it is retired.</summary>
/// <remarks>
/// At any time one of four things holds: an accept is in flight, one thread is in the loop, the timer is set, or it is paused.
/// A connection that comes while it is pausing, because an accept was in flight, is parked: it is delivered first when the loop resumes.
/// </remarks>
internal sealed class AcceptLoop : SocketOperation
{
    private readonly Func<SocketAsyncEventArgs, bool> _accept;
    private readonly EndPoint _local;
    private readonly Action<Transport> _accepted;
    private readonly Action<Exception> _failed;
    private readonly AcceptPause _pause;
    private readonly Func<Socket, Transport> _wrap;
    private readonly ITimer _retry;
    private readonly ReservedDescriptors _spare = new();
    private Socket? _parked;

    /// <param name="accept">Begins one accept: the socket's own method.</param>
    /// <param name="local">Named in failures.</param>
    /// <param name="accepted">Gets each connection.</param>
    /// <param name="failed">Gets each failure.</param>
    /// <param name="pause">Stops the loop.</param>
    /// <param name="wrap">Makes a transport of what was accepted; throws a <see cref="SocketException"/> if it is lost already.</param>
    /// <param name="time">Measures how long to wait after a failure.</param>
    public AcceptLoop(
        Func<SocketAsyncEventArgs, bool> accept,
        EndPoint local,
        Action<Transport> accepted,
        Action<Exception> failed,
        AcceptPause pause,
        Func<Socket, Transport> wrap,
        TimeProvider time
    )
    {
        _accept = accept;
        _local = local;
        _accepted = accepted;
        _failed = failed;
        _pause = pause;
        _wrap = wrap;
        _retry = time.CreateTimer(
            static state => ((AcceptLoop)state!).Begin(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Begins to accept, or resumes after a failure: if there are descriptors again, and not only the last few.</summary>
    public void Begin()
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

    /// <summary>Resumes after a pause. For the caller to which <see cref="AcceptPause.Resume"/> returned true.</summary>
    public void Resume()
    {
        // Paused again meanwhile: then what is parked stays so.
        if (!_pause.TryStop() && (Volatile.Read(ref _parked) is null || DeliverParked()))
        {
            Run();
        }
    }

    /// <summary>Ends the loop. Call before closing the socket, so that the accept which that cuts short is not taken for a failure.</summary>
    public void Stop()
    {
        Retire();
        _retry.Dispose();
        _spare.Dispose();
        ResetParked();
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
        while (!_pause.TryStop() && TryAcceptAtOnce() && Handle()) { }
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

        return error == SocketError.Success ? DeliverOrPark(socket!) : Report(error);
    }

    private bool DeliverOrPark(Socket socket)
    {
        Volatile.Write(ref _parked, socket);
        if (!_pause.TryStop())
        {
            return DeliverParked();
        }

        if (IsRetired)
        {
            // Parked too late for the stop to find it.
            ResetParked();
        }

        return false;
    }

    private bool DeliverParked()
    {
        if (Interlocked.Exchange(ref _parked, null) is not { } socket)
        {
            return false;
        }

        Transport transport;
        try
        {
            transport = _wrap(socket);
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

    private void ResetParked() => Interlocked.Exchange(ref _parked, null)?.Close(timeout: 0);

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
            _retry.Change(AcceptFailures.Pause, Timeout.InfiniteTimeSpan);
        }

        return !pause;
    }
}
