using System.Net;
using Deterministic.Streams;
using Deterministic.Streams.Protocols;

namespace Deterministic.Contract;

/// <summary>Text that is neither a host nor a path is refused by the call that it is given to, before that has any effect.</summary>
internal static class NamingCases
{
    /// <summary>Where a server may listen: what follows in the text would be dropped by a resolver or a kernel.</summary>
    private static readonly string[] NoHosts =
    [
        "localhost\0.trusted.example",
        "127.0.0.1\0",
        "\0",
        "[::1]:9",
        "localhost:9",
        "[::1",
        "::1]",
        "[127.0.0.1]",
        "fe80::1%",
        "local host",
        "localhost\n",
        "a..b",
        "http://localhost",
    ];

    private static readonly string[] NoPaths = ["/tmp/deterministic\0.trusted", "deterministic\0", "a\ud800b"];

    public static IEnumerable<ContractCase> All =>
        [
            new("name/no-host", "text that is no host is refused before anything happens", NoHostAsync),
            new("name/no-path", "text that is no path is refused before anything happens", NoPathAsync),
            new(
                "name/brackets",
                "an IPv6 address in brackets is that address, to serve at and to connect to",
                BracketsAsync,
                ContractCapabilities.Ipv6
            ),
        ];

    private static async Task NoHostAsync(ContractWorld world)
    {
        const int Port = 9;
        foreach (string text in NoHosts)
        {
            DnsEndPoint endPoint = new(text, Port);
            await RefusesAsync(() => world.Client.OpenConnectionAsync(text, Port).AsTask(), "connecting", text);
            await RefusesAsync(() => world.Client.OpenConnectionAsync(endPoint).AsTask(), "an end point", text);
            await RefusesAsync(
                () => world.Client.ConnectProtocolAsync(() => new Silence(), text, Port).AsTask(),
                "a protocol",
                text
            );
            await RefusesAsync(() => world.Server.StartServerAsync(Ignore, text).AsTask(), "serving", text);
            await RefusesAsync(() => world.Server.StartServerAsync(Ignore, [text]).AsTask(), "several hosts", text);
            await RefusesAsync(
                () => world.Server.StartServerAsync(Ignore, endPoint).AsTask(),
                "serving at an end point",
                text
            );
            await RefusesAsync(
                () => Task.FromResult(new ClientOptions { LocalEndPoint = endPoint }),
                "a local end point",
                text
            );
        }

        await ConnectingCases.CheckConnectsAsync(world);
    }

    private static async Task NoPathAsync(ContractWorld world)
    {
        foreach (string path in NoPaths)
        {
            await RefusesAsync(() => world.Client.OpenUnixConnectionAsync(path).AsTask(), "connecting", path);
            await RefusesAsync(() => world.Server.StartUnixServerAsync(Ignore, path).AsTask(), "serving", path);
        }

        await ConnectingCases.CheckConnectsAsync(world);
    }

    private static async Task BracketsAsync(ContractWorld world)
    {
        await using StreamServer server = await world.Server.StartServerAsync(
            Echo.ServeAsync,
            "[::1]",
            options: world.WithServer(ServerOptions.Default)
        );
        IPEndPoint address = (IPEndPoint)server.EndPoints.Single();
        Check.Same(IPAddress.IPv6Loopback, address.Address, "where it serves");
        foreach (string text in new[] { "[::1]", "::1" })
        {
            await using Connection connection = await world.Server.OpenConnectionAsync(
                text,
                address.Port,
                world.WithClient(ClientOptions.Default)
            );
            await Echo.CheckAsync(connection, text);
        }
    }

    private static async Task RefusesAsync(Func<Task> call, string what, string text)
    {
        string shown = text.Replace("\0", "\\0", StringComparison.Ordinal);
        ArgumentException error = await Check.ThrowsAsync<ArgumentException>(call, $"{what}: '{shown}'");
        Check.That(error is not ArgumentNullException, $"{what}: '{shown}' is refused for what it says");
        Check.That(!error.Message.Contains('\0'), $"{what}: the message shows a NUL as '\\0'");
    }

    private static Task Ignore(Connection connection) => Task.CompletedTask;

    private sealed class Silence : StreamProtocol;
}
