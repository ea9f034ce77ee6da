using System.Net;
using System.Net.Sockets;
using Deterministic.Sockets;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Kernel.Tests;

/// <summary>Linux's own TCP on the loopback address, through this project's socket driver.</summary>
internal sealed class LinuxStage(StageOptions options) : Stage(options)
{
    private const int TcpLevel = 6;
    private const int Linger2 = 8;
    private const int UserTimeout = 18;
    private const int Repair = 19;

    private readonly IPAddress _address = LoopbackAddresses.Next();

    public override TimeProvider Time => TimeProvider.System;

    public override void Silence(End end) => PacketFilter.LetNothingIn(SocketOf(end));

    public override void Heal(End end) => PacketFilter.Remove(SocketOf(end));

    public override void Silence(Port port) => PacketFilter.LetNothingIn(SocketOf(port.Listener));

    public override void CloseUnread(End end) => SocketOf(end).Dispose();

    public override void Forget(End end)
    {
        // What is closed in this mode is closed without a packet: the mode is for moving connections between machines.
        SocketOf(end).SetRawSocketOption(TcpLevel, Repair, Bytes(1));
        SocketOf(end).Dispose();
    }

    protected override async Task<TransportListener> ListenerAsync(int port, ServerOptions how)
    {
        IReadOnlyList<TransportListener> listeners = await SocketNetwork.Default.BindAsync(
            new IPEndPoint(_address, port),
            how,
            CancellationToken.None
        );

        // What it accepts inherits them.
        Tune(SocketOf(listeners[0]));
        return listeners[0];
    }

    protected override async Task<Transport> TransportAsync(EndPoint address, int localPort)
    {
        if (Options.ConnectTimeout is { } patience)
        {
            return await ConnectAsync(address, patience);
        }

        Transport transport = await SocketNetwork.Default.ConnectAsync(
            address,
            Options.Client with
            {
                LocalEndPoint = new IPEndPoint(_address, localPort),
            },
            CancellationToken.None
        );
        Tune((Socket)transport.GetExtraInfo("socket")!);
        return transport;
    }

    protected override string StateOf(End end) => ConnectionStates.Of(end.Local, end.Remote);

    protected override int Unread(End end) => SocketOf(end).Available;

    /// <summary>With an option that must be set before.</summary>
    private async Task<Transport> ConnectAsync(EndPoint address, TimeSpan patience)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        Set(socket, UserTimeout, (int)patience.TotalMilliseconds);
        try
        {
            await socket.ConnectAsync(address);
            return new SocketTransport(socket, Options.Client, Time);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw SocketErrors.NotConnected(address, error);
        }
    }

    private void Tune(Socket socket)
    {
        if (Options.RetransmissionTimeout is { } retransmission)
        {
            Set(socket, UserTimeout, (int)retransmission.TotalMilliseconds);
        }

        if (Options.FinTimeout is { } fin)
        {
            Set(socket, Linger2, (int)fin.TotalSeconds);
        }

        if (Options.BufferBytes is { } bytes)
        {
            socket.SendBufferSize = bytes;
            socket.ReceiveBufferSize = bytes;
        }
    }

    private static Socket SocketOf(End end) => (Socket)end.Transport.GetExtraInfo("socket")!;

    private static Socket SocketOf(TransportListener listener) => (Socket)listener.GetExtraInfo("socket")!;

    private static void Set(Socket socket, int name, int value) =>
        socket.SetRawSocketOption(TcpLevel, name, Bytes(value));

    private static byte[] Bytes(int value) => BitConverter.GetBytes(value);
}
