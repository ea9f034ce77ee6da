using System.Net.Sockets;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Tuning;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Transports;

/// <summary>Asks how much of what a socket sent, its sending half being ended, the peer's kernel has acknowledged.</summary>
/// <param name="socket">TCP or Unix.</param>
/// <param name="receive">Its receive: it may see a loss before this does, and the kernel reports it only once.</param>
internal sealed class SendQueueProbe(Socket socket, ReceiveOperation receive)
{
    /// <returns>Done once everything is acknowledged, failed if the connection is lost, null if neither is known yet.</returns>
    public TransportResult? TryGetEnd()
    {
        if (!SocketTuning.IsTcp(socket))
        {
            // A Unix socket has no wire: what was taken is with the peer, or lost with it.
            return DoneOrLost();
        }

        return TcpInfo.StateOf(socket) switch
        {
            KernelTcpState.FinWait2 or KernelTcpState.TimeWait => TransportResult.Done,
            KernelTcpState.Close when receive.IsIdle || receive.IsRetired => DoneOrLost(),
            _ => null,
        };
    }

    private TransportResult DoneOrLost()
    {
        SocketError error = receive.LastError;
        if (error == SocketError.Success)
        {
            error = (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        }

        return error == SocketError.Success ? TransportResult.Done : TransportResult.Failed(SocketErrors.Lost(error));
    }
}
