using System.Net.Sockets;
using Deterministic.Streams;

namespace Deterministic.Sockets;

/// <summary>The one receive of a connection.</summary>
/// <param name="transport">Whose.</param>
/// <param name="socket">From where.</param>
internal sealed class ReceiveOperation(SocketTransport transport, Socket socket) : SocketOperation
{
    /// <summary>The error that it ended with, if so. The kernel tells of a loss once, and whoever else asks (<see cref="AcknowledgedSocket"/>) finds nothing wrong.</summary>
    public SocketError LastError { get; private set; }

    /// <summary>How many bytes it has received so far.</summary>
    public long Received { get; private set; }

    public TransportResult Begin(Memory<byte> buffer)
    {
        if (!TryBegin())
        {
            return TransportResult.EndOfFile;
        }

        try
        {
            SetBuffer(buffer);
            return socket.ReceiveAsync(this) ? TransportResult.Pending : Finish();
        }
        catch (ObjectDisposedException)
        {
            // Closed by another thread since the begin.
            End();
            return TransportResult.EndOfFile;
        }
    }

    protected override void Continue() => transport.OnReceived(Finish());

    private TransportResult Finish()
    {
        SocketError error = SocketError;
        int count = BytesTransferred;
        if (error != SocketError.Success)
        {
            LastError = error;
        }

        Received += count;

        End();

        // What our own close cut short is no error: the local reader sees end of file (W-CLOSE-04).
        return error != SocketError.Success && !transport.IsClosed ? TransportResult.Failed(SocketErrors.Lost(error))
            : error == SocketError.Success && count > 0 ? TransportResult.Completed(count)
            : transport.WasReset() ? TransportResult.Failed(SocketErrors.Lost(SocketError.ConnectionReset))
            : TransportResult.EndOfFile;
    }
}
