using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Deterministic.Sockets.Tuning;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>Clause C-SRV-10: how many may wait to be accepted.</summary>
public sealed class BacklogTests : GuardedTest, IDisposable
{
    private readonly TempFolder _folder = new();

    public new void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    [Clause("C-SRV-10")]
    [Documented("start_server(backlog)")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_port_listens_with_the_backlog_given(int backlog)
    {
        TransportListener listener = await BindAsync(Loopback.AnyPort, backlog);
        Socket socket = listener.GetExtraInfo("socket").ShouldBeOfType<Socket>();
        if (OperatingSystem.IsLinux())
        {
            ListenBacklog(socket).ShouldBe(backlog);
        }

        List<Socket> waiting = [.. Enumerable.Range(0, backlog).Select(_ => Loopback.Connect(listener.LocalEndPoint))];
        listener.Close();
        waiting.ForEach(client => client.Dispose());
    }

    /// <summary>A connect that finds the backlog of a Unix socket full fails at once.</summary>
    [Clause("C-SRV-10")]
    [Documented("start_unix_server(backlog)")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task At_a_path_so_many_wait_to_be_accepted_and_no_more(int backlog)
    {
        const int Enough = 20;
        TransportListener listener = await BindAsync(_folder.EndPointOf("s"), backlog);
        List<Socket> clients = [];
        while (clients.Count < Enough)
        {
            Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            clients.Add(client);
            try
            {
                client.Connect(listener.LocalEndPoint);
            }
            catch (SocketException)
            {
                break;
            }
        }

        // Linux takes one more than asked for.
        (clients.Count - 1).ShouldBeInRange(backlog, backlog + 1);
        listener.Close();
        clients.ForEach(client => client.Dispose());
    }

    /// <summary>Of a socket that listens, the kernel gives the backlog where it otherwise counts segments (<c>tcpi_sacked</c>).</summary>
    private static int ListenBacklog(Socket socket)
    {
        const int Tcp = 6;
        const int TcpInfo = 11;
        const int Sacked = 28;
        byte[] info = new byte[Sacked + sizeof(int)];
        socket.GetRawSocketOption(Tcp, TcpInfo, info).ShouldBe(info.Length);
        return BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadInt32LittleEndian(info.AsSpan(Sacked))
            : BinaryPrimitives.ReadInt32BigEndian(info.AsSpan(Sacked));
    }

    /// <summary>Bound and listening; nobody accepts before it is started.</summary>
    private async Task<TransportListener> BindAsync(EndPoint address, int backlog) =>
        (
            await SocketNetwork.Default.BindAsync(address, new ServerOptions { Backlog = backlog }, Guard)
        ).ShouldHaveSingleItem();
}
