using System.Net.Sockets;
using Deterministic.Sockets.Transports;
using Deterministic.Sockets.Tuning;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>A transport under test, and a plain socket of the runtime's as its peer.</summary>
internal sealed class Pair : IDisposable
{
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

    /// <summary>Sends a <see cref="Pattern"/> until the kernel takes no more, and will take no more before the peer reads.</summary>
    /// <remarks>
    /// A first refusal is not the last: an acknowledgement makes room, and the rest of the peer's window, too small for a whole segment, is used only when a timer of the kernel's runs out.
    /// Once the window is closed nothing moves any more, so that what is refused then stays so.
    /// </remarks>
    public long FillKernel()
    {
        long total = 0;
        SpinWait.SpinUntil(IsFull, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        return total;

        bool IsFull()
        {
            bool closed = IsPeersWindowClosed();
            long sent = SendUntilRefused(total);
            total += sent;
            return closed && sent == 0;
        }
    }

    /// <summary>Sends a <see cref="Pattern"/> until the kernel takes no more just now.</summary>
    /// <param name="position">How much of it was sent before.</param>
    /// <returns>How much it took.</returns>
    public long SendUntilRefused(long position = 0)
    {
        long total = 0;
        TransportResult result;
        do
        {
            result = Transport.TrySend(Pattern.From(position + total));
            result.Status.ShouldBe(TransportStatus.Completed);
            total += result.Count;
        } while (result.Count > 0);

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

    /// <summary>Whether all that the peer has room for is there. Where the system does not report it, the best guess: that no room was made for a while.</summary>
    private bool IsPeersWindowClosed()
    {
        const int Tcp = 6;
        const int TcpInfo = 11;
        const int WindowOffset = 228;
        Span<byte> info = stackalloc byte[WindowOffset + sizeof(uint)];
        return OperatingSystem.IsLinux() && Own.GetRawSocketOption(Tcp, TcpInfo, info) == info.Length
            ? BitConverter.ToUInt32(info[WindowOffset..]) == 0
            : !Own.Poll(microSeconds: 50_000, SelectMode.SelectWrite);
    }
}
