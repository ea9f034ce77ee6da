using System.Net.Sockets;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>A transport under test, and a plain socket of the runtime's as its peer.</summary>
internal sealed class Pair : IDisposable
{
    private const int TriesOfAFullKernel = 5;

    private Pair(Socket own, Socket peer, ConnectionOptions options, TimeProvider time)
    {
        Own = own;
        Peer = peer;
        Transport = new SocketTransport(own, options, time);
        Handler = RecordingHandler.Attach(Transport);
    }

    public SocketTransport Transport { get; }

    public RecordingHandler Handler { get; }

    public Socket Own { get; }

    public Socket Peer { get; }

    public static Pair Create() => Create(ConnectionOptions.Default, TimeProvider.System);

    public static Pair Create(ConnectionOptions options, TimeProvider time)
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        return new Pair(own, peer, options, time);
    }

    /// <summary>Sends a <see cref="Pattern"/> until the kernel takes no more, not even a byte.</summary>
    public long FillKernel()
    {
        long total = 0;
        int refused = 0;
        while (refused < TriesOfAFullKernel)
        {
            TransportResult result = Transport.TrySend(Pattern.From(total));
            result.Status.ShouldBe(TransportStatus.Completed);
            total += result.Count;
            refused = result.Count == 0 ? refused + 1 : 0;

            // What is on its way to the peer makes room a moment later, and less of it than what a poll calls room.
            if (refused > 0)
            {
                Own.Poll(microSeconds: 50_000, SelectMode.SelectWrite);
            }
        }

        return total;
    }

    /// <summary>Waits until the kernel has what the peer sent.</summary>
    public void SendFromPeer(ReadOnlySpan<byte> data)
    {
        int expected = Own.Available + data.Length;
        Peer.Send(data);
        SpinWait.SpinUntil(() => Own.Available >= expected, TimeSpan.FromSeconds(30)).ShouldBeTrue();
    }

    public void ResetFromPeer() => Peer.Close(timeout: 0);

    public void Dispose()
    {
        Transport.Abort();
        Peer.Dispose();
    }
}
