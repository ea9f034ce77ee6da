using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Deterministic.Examples.Http;
using Deterministic.Simulation;
using Deterministic.Simulation.Tcp;
using Deterministic.Simulation.Xunit;
using Deterministic.Sockets;
using Deterministic.Streams;

namespace Deterministic.Examples.Tests.Http;

public sealed class HttpServerTests
{
    /// <summary>What a client sends, and what it gets: the status, and whether the connection stays open.</summary>
    private static readonly (string Request, int Status, bool KeepAlive)[] Exchanges =
    [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 200, true),
        ("GET / HTTP/1.1\nHost: a\n\n", 200, true),
        ("\r\nGET /?query HTTP/1.1\r\nHost: a\r\n\r\n", 200, true),
        ("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 200, true),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", 200, false),
        ("GET / HTTP/1.0\r\n\r\n", 200, false),
        ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 200, true),
        ("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n", 404, true),
        ("GET /numbers/x HTTP/1.1\r\nHost: a\r\n\r\n", 404, true),
        ("GET /numbers/-1 HTTP/1.1\r\nHost: a\r\n\r\n", 404, true),
        ("GET /numbers/1000000000000000 HTTP/1.1\r\nHost: a\r\n\r\n", 404, true),
        ("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", 405, true),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 200, true),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", 413, false),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 413, false),
        ("GET / HTTP/1.1\r\n\r\n", 400, false),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, false),
        ("GET /\r\n\r\n", 400, false),
        ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, false),
        ("G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, false),
        ("GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n", 400, false),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400, false),
        ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400, false),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400, false),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, false),
        ("GET / HTPP/1.1\r\nHost: a\r\n\r\n", 400, false),
        ($"GET /{new string('a', HttpServer.LongestLine)} HTTP/1.1\r\nHost: a\r\n\r\n", 414, false),
        ($"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('a', HttpServer.LongestLine)}\r\n\r\n", 431, false),
        ($"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('a', 1_000_000)}\r\n\r\n", 431, false),
        ($"GET / HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Repeat("X: a\r\n", 100))}\r\n", 431, false),
    ];

    [Fact(Timeout = Limits.Hang)]
    public async Task Each_request_gets_its_answer_on_real_sockets()
    {
        await using StreamServer server = await HttpServer.StartAsync(SocketNetwork.Default, "127.0.0.1");
        foreach (var (request, status, keepAlive) in Exchanges)
        {
            (await ExchangeAsync(SocketNetwork.Default, server, request)).ShouldBe((status, keepAlive), request);
        }
    }

    [Fact(Timeout = Limits.Hang)]
    public async Task Each_request_gets_its_answer_over_TLS()
    {
        using X509Certificate2 certificate = SelfMadeCertificate.Create(TimeProvider.System);
        ServerOptions securely = new()
        {
            Tls = new TlsServerOptions(new SslServerAuthenticationOptions { ServerCertificate = certificate }),
        };
        await using StreamServer server = await HttpServer.StartAsync(
            SocketNetwork.Default,
            "127.0.0.1",
            options: securely
        );
        ClientOptions trusting = new() { Tls = SelfMadeCertificate.Trust(certificate) };
        foreach (var (request, status, keepAlive) in Exchanges)
        {
            (await ExchangeAsync(SocketNetwork.Default, server, request, trusting)).ShouldBe(
                (status, keepAlive),
                request
            );
        }
    }

    [Simulation(Seeds = 20, Faults = "lossy-wan")]
    public async Task Each_request_gets_its_answer_on_a_lossy_network(SimulatedWorld world)
    {
        await using StreamServer server = await HttpServer.StartAsync(world.Host("server"));
        foreach (var (request, status, keepAlive) in Exchanges)
        {
            (await ExchangeAsync(world.Host("client"), server, request)).ShouldBe((status, keepAlive), request);
        }
    }

    [Simulation(Seeds = 20)]
    public async Task A_client_that_says_nothing_is_left_after_half_a_minute(SimulatedWorld world)
    {
        await using StreamServer server = await HttpServer.StartAsync(world.Host("server"));
        DateTimeOffset start = world.TimeProvider.GetUtcNow();
        await using Connection connection = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
        connection.Writer.Write("GET / HTTP/1.1\r\nHo"u8);
        byte[] answer = await connection.Reader.ReadToEndAsync();
        answer.ShouldBeEmpty();
        (world.TimeProvider.GetUtcNow() - start).ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
    }

    [Theory(Timeout = Limits.Hang)]
    [InlineData("numbers", 0)]
    [InlineData("numbers", 1)]
    [InlineData("numbers", 100_000)]
    [InlineData("chunked", 0)]
    [InlineData("chunked", 1025)]
    [InlineData("chunked", 100_000)]
    public async Task The_runtimes_own_client_gets_numbered_lines(string form, int count)
    {
        await using StreamServer server = await HttpServer.StartAsync(SocketNetwork.Default, "127.0.0.1");
        using HttpClient client = new() { BaseAddress = new Uri($"http://{server.EndPoints[0]}/{form}/") };
        string body = await client.GetStringAsync($"{count}");
        body.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(
                Enumerable.Range(1, count).Select(number => number.ToString("D15", CultureInfo.InvariantCulture))
            );

        using HttpRequestMessage head = new(HttpMethod.Head, $"{count}");
        using HttpResponseMessage response = await client.SendAsync(head);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(form == "numbers" ? count * 16 : null);
        server.ConnectionCount.ShouldBe(1, "the connection is kept alive, and used again");
    }

    /// <summary>One exchange, and then a second one to see whether the connection is still good.</summary>
    private static async Task<(int Status, bool KeepAlive)> ExchangeAsync(
        INetwork network,
        StreamServer server,
        string request,
        ClientOptions? options = null
    )
    {
        await using Connection connection = await network.OpenConnectionAsync(server.EndPoints[0], options);
        var (reader, writer) = connection;
        writer.Write(Encoding.Latin1.GetBytes(request));
        int status = await ReadStatusAsync(reader);
        writer.Write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8);
        try
        {
            return (status, await ReadStatusAsync(reader) == 200);
        }
        catch (IOException)
        {
            // Its end, or a reset for what was sent after it.
            return (status, false);
        }
    }

    private static async Task<int> ReadStatusAsync(AsyncStreamReader reader)
    {
        string head = Encoding.Latin1.GetString(await reader.ReadUntilAsync("\r\n\r\n"u8));
        int length = int.Parse(head.Split("Content-Length: ")[1].Split('\r')[0], CultureInfo.InvariantCulture);
        await reader.ReadExactlyAsync(length);
        return int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
