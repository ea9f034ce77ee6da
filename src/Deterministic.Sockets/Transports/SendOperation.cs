using System.Net.Sockets;
using System.Runtime.InteropServices;
using Deterministic.Streams;

namespace Deterministic.Sockets;

/// <summary>The one send of a connection that may have to wait for the peer.</summary>
/// <param name="transport">Whose.</param>
/// <param name="socket">To where.</param>
internal sealed class SendOperation(SocketTransport transport, Socket socket) : SocketOperation
{
    /// <summary>
    /// The most bytes that one operation carries. It completes only when all of them are taken, and until then the streams hear of no progress:
    /// this bounds by how much a drain can be late. 64 KiB is the largest segment of the write queue, and the default high watermark.
    /// </summary>
    public const int MostBytes = 64 * 1024;

    public TransportResult Begin(ReadOnlyMemory<byte> data)
    {
        if (!TryBegin())
        {
            return SocketErrors.ClosedHere;
        }

        try
        {
            SetBuffer(MemoryMarshal.AsMemory(data[..Math.Min(data.Length, MostBytes)]));
            return socket.SendAsync(this) ? TransportResult.Pending : Finish();
        }
        catch (ObjectDisposedException)
        {
            // Closed by another thread since the begin. If this object was made since as well, nobody else retires it.
            Retire();
            End();
            return SocketErrors.ClosedHere;
        }
    }

    protected override void Continue() => transport.OnSent(Finish());

    private TransportResult Finish()
    {
        SocketError error = SocketError;
        int count = BytesTransferred;
        End();
        return error == SocketError.Success ? TransportResult.Completed(count)
            : transport.IsClosed ? SocketErrors.ClosedHere
            : TransportResult.Failed(SocketErrors.Lost(error));
    }
}
