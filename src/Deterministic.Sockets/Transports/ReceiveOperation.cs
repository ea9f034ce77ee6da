using System.Net.Sockets;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Operations;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Transports;

/// <summary>The one receive of a connection.</summary>
/// <remarks>
/// What is in flight with the runtime is only a wait for data, with no memory: so a thread that blocks for the data can take them itself, although the runtime's completion is still waiting for a
/// thread of the pool. The first of them receives; the other finds nothing to do. With that the runtime makes no more system calls than for a receive into memory.
/// </remarks>
/// <param name="transport">The owning transport.</param>
/// <param name="socket">From where.</param>
internal sealed class ReceiveOperation(SocketTransport transport, Socket socket) : SocketOperation
{
    private const int NotArmed = 0;
    private const int Armed = 1;

    private WaitGate _wait;
    private Memory<byte> _buffer;

    /// <summary>Whether the runtime waits for data, or has found some and not reported it yet.</summary>
    private int _runtimeWait;

    /// <summary>What the runtime's wait failed with. The kernel reports an error once, and possibly to this wait.</summary>
    private SocketError _waitError;

    /// <summary>Whether the last receive filled its memory, or did not have to wait, so that there is probably more: then a wait first would be a system call for nothing.</summary>
    private bool _expectsMore;

    /// <summary>Whether the receive under way has been left waiting.</summary>
    private bool _hasWaited;

    /// <summary>The error that it ended with, if so. The kernel reports a loss once; <see cref="SendQueueProbe"/>, which asks later, finds no error.</summary>
    public SocketError LastError { get; private set; }

    /// <summary>How many bytes it has received so far.</summary>
    public long Received { get; private set; }

    /// <inheritdoc/>
    public override bool IsIdle => _wait.IsIdle;

    public TransportResult Begin(Memory<byte> buffer)
    {
        if (IsRetired)
        {
            return TransportResult.EndOfFile;
        }

        _wait.Begin();
        _buffer = buffer;
        _hasWaited = false;
        return TryReceive(waitFirst: !_expectsMore) ?? TransportResult.Pending;
    }

    /// <summary>Carries on with a receive that waits, if there is one and the data are there.</summary>
    public void Resume()
    {
        if (_wait.TryContinue() && TryReceive(waitFirst: false) is { } result)
        {
            transport.OnReceived(result);
        }
    }

    protected override void Continue()
    {
        // Read before the end: from then on another thread may begin anew.
        SocketError error = SocketError;
        End();
        EndRuntimeWait(error);
        Resume();
    }

    /// <summary>Running. Ends the receive, or leaves it waiting.</summary>
    /// <returns>Null if it waits, or another thread has it.</returns>
    private TransportResult? TryReceive(bool waitFirst)
    {
        bool waits = waitFirst;
        while (true)
        {
            if (waits)
            {
                if (TryWaitWithRuntime())
                {
                    _hasWaited = true;
                    _wait.Wait();
                    // The wait may have ended just before, when this thread had the receive: then no other thread continues it.
                    if (Volatile.Read(ref _runtimeWait) == Armed || !_wait.TryContinue())
                    {
                        return null;
                    }
                }

                if (_waitError != SocketError.Success)
                {
                    return Finish(_waitError, 0);
                }
            }

            int count = ReceiveNow(out SocketError error);
            if (error != SocketError.WouldBlock)
            {
                return Finish(error, count);
            }

            waits = true;
        }
    }

    private int ReceiveNow(out SocketError error)
    {
        try
        {
            return socket.Receive(_buffer.Span, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            // Closed by another thread since the begin.
            error = SocketError.OperationAborted;
            return 0;
        }
    }

    /// <summary>Running.</summary>
    /// <returns>False if there is something to receive, or the wait has failed.</returns>
    private bool TryWaitWithRuntime()
    {
        if (Interlocked.Exchange(ref _runtimeWait, Armed) == Armed)
        {
            return true;
        }

        SocketError error = SocketError.Success;
        if (TryBegin())
        {
            try
            {
                if (socket.ReceiveAsync(this))
                {
                    return true;
                }

                error = SocketError;
            }
            catch (ObjectDisposedException)
            {
                // Closed by another thread; the receive finds that out.
            }

            End();
        }

        EndRuntimeWait(error);
        return false;
    }

    private void EndRuntimeWait(SocketError error)
    {
        if (error is not (SocketError.Success or SocketError.OperationAborted))
        {
            _waitError = error;
        }

        Volatile.Write(ref _runtimeWait, NotArmed);
    }

    /// <summary>Running.</summary>
    private TransportResult Finish(SocketError error, int count)
    {
        if (error != SocketError.Success)
        {
            LastError = error;
        }

        Received += count;
        _expectsMore = count == _buffer.Length || !_hasWaited;
        _buffer = default;
        _wait.End();

        // What our own close cut short is no error: the local reader sees end of file (W-CLOSE-04).
        return error != SocketError.Success && !transport.IsClosed ? TransportResult.Failed(SocketErrors.Lost(error))
            : error == SocketError.Success && count > 0 ? TransportResult.Completed(count)
            : transport.WasReset() ? TransportResult.Failed(SocketErrors.Lost(SocketError.ConnectionReset))
            : TransportResult.EndOfFile;
    }
}
