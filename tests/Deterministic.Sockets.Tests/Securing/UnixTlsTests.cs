using System.Net.Sockets;
using System.Text;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>TLS over Unix sockets. Clauses C-UNIX-02, C-UNIX-03, C-SRV-07.</summary>
public sealed class UnixTlsTests : GuardedTest, IDisposable
{
    private static readonly ServerOptions Serving = new() { Tls = TlsLoopback.Server };

    // There is no host that the name could be taken from.
    private static readonly ClientOptions Named = new()
    {
        Tls = new TlsClientOptions { ServerName = "localhost", Authentication = Certificates.ClientAuthentication() },
    };

    private readonly TempFolder _folder = new();

    public new void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    [Clause("C-UNIX-02", "C-UNIX-03")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_line_goes_both_ways_whoever_bound_the_socket(bool handedOver)
    {
        string path = _folder.PathOf("s");
        await using StreamServer server = handedOver
            ? SocketNetwork.Default.StartServer(EchoLineAsync, Bind(path), Serving)
            : await SocketNetwork.Default.StartUnixServerAsync(EchoLineAsync, path, Serving, Guard);
        await using Connection client = await SocketNetwork.Default.OpenUnixConnectionAsync(path, Named, Guard);
        client.Writer.Write("hello\n"u8);
        Encoding.UTF8.GetString(await client.Reader.ReadToEndAsync(Guard)).ShouldBe("hello\n");
        client.Tls.ShouldNotBeNull();
    }

    [Clause("C-UNIX-02")]
    [Fact]
    public async Task Without_a_name_to_verify_nobody_is_connected_to()
    {
        ClientOptions options = new() { Tls = new TlsClientOptions() };
        ArgumentException error = await SocketNetwork
            .Default.OpenUnixConnectionAsync(_folder.PathOf("s"), options, Guard)
            .AsTask()
            .ShouldThrowAsync<ArgumentException>();
        error.Message.ShouldContain("ServerName");
    }

    private static Socket Bind(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static async Task EchoLineAsync(AsyncStreamReader reader, AsyncStreamWriter writer) =>
        writer.Write(await reader.ReadLineAsync());
}
