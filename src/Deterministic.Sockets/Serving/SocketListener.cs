using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Serving;

/// <summary>
/// One bound address.
/// <para>This folder is listening. Read this file first; then <see cref="AcceptLoop"/> with <see cref="AcceptPause"/>, <see cref="AcceptFailures"/> and <see cref="ReservedDescriptors"/>; <see cref="Binding"/> and <see cref="UnixBinding"/> bind, and what concerns the files of Unix sockets is around <see cref="StaleSocketFile"/>.</para>
/// </summary>
/// <param name="socket">Bound; owned by the listener.</param>
/// <param name="options">How to listen, and how accepted connections are made.</param>
/// <param name="time">Of the network.</param>
/// <param name="file">Removed with the close; null if there is nothing to remove.</param>
#pragma warning disable CA1001 // Closing is how a listener is disposed of.
internal sealed class SocketListener(Socket socket, ServerOptions options, TimeProvider time, SocketFile? file = null)
    : TransportListener
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly AcceptPause _pause = new();
    private ListeningState _state;

    public override EndPoint LocalEndPoint { get; } = socket.LocalEndPoint!;

    /// <summary>For tests that wait for a state of it.</summary>
    internal AcceptLoop? Loop { get; private set; }

    public override object? GetExtraInfo(string name) =>
        string.Equals(name, "socket", StringComparison.Ordinal) ? socket : null;

    /// <summary>Lets connections queue up. Idempotent.</summary>
    /// <exception cref="ConnectionException">Another socket, bound to the same address before either listened, was faster.</exception>
    public void Listen()
    {
        try
        {
            socket.Listen(options.Backlog);
        }
        catch (SocketException error)
        {
            throw SocketErrors.NotBound(LocalEndPoint, error);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ConnectionException">As <see cref="Listen"/>.</exception>
    public override void Start(Action<Transport> accepted, Action<Exception> failed)
    {
        AcceptLoop loop;
        lock (_gate)
        {
            if (_state == ListeningState.Closed)
            {
                return;
            }

            Listen();
            loop = new AcceptLoop(
                socket.AcceptAsync,
                LocalEndPoint,
                accepted,
                failed,
                _pause,
                accepted => new SocketTransport(accepted, options, time),
                time
            );
            Loop = loop;
            _state = ListeningState.Accepting;
        }

        // Not on the caller's stack, which a busy port would keep for as long as connections come in.
        Schedule(static loop => ((AcceptLoop)loop!).Begin(), loop);
    }

    public override void PauseAccepting() => _pause.Pause();

    public override void ResumeAccepting()
    {
        if (_pause.Resume())
        {
            // It stood still, so it was started.
            Schedule(static loop => ((AcceptLoop)loop!).Resume(), Loop);
        }
    }

    public override void Close()
    {
        lock (_gate)
        {
            if (_state == ListeningState.Closed)
            {
                return;
            }

            _state = ListeningState.Closed;
        }

        Loop?.Stop();
        file?.Remove();
        ListeningSocket.Close(socket);
    }

    public override void Schedule(Action<object?> callback, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(callback, state, preferLocal: false);
}
