using System.Net;
using System.Net.NetworkInformation;
using Deterministic.Core;
using Deterministic.Sockets.Naming;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>Hosts in text on the real network: what a resolver or the runtime would drop of them is an error, and scopes are those of this machine.</summary>
public sealed class HostTextTests : GuardedTest, IDisposable
{
    private const string NoSuchScope = "nosuch0";

    private readonly TempFolder _folder = new();

    public new void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    [Clause("C-OPEN-13")]
    [Theory]
    [InlineData("[::1]:9", "port")]
    [InlineData("localhost\0.trusted.example", "U+0000")]
    [InlineData("::1%" + NoSuchScope, "'" + NoSuchScope + "'")]
    [InlineData("fe80::1%" + NoSuchScope, "'" + NoSuchScope + "'")]
    [InlineData("[fe80::1%" + NoSuchScope + "]", "'" + NoSuchScope + "'")]
    [InlineData("fe80::1%4294967295", "'4294967295'")] // Of the numbers the last.
    [InlineData("fe80::1%4294967296", "'4294967296'")]
    [InlineData("fe80::1%1%2", "'1%2'")]
    [InlineData("fe80::1%+1", "'+1'")]
    public async Task A_driver_refuses_it_too_whichever_call_it_comes_by(string host, string said)
    {
        DnsEndPoint endPoint = new(host, 9);
        ClientOptions numeric = new() { ResolverHints = ResolverHints.NumericHost };
        Func<Task>[] calls =
        [
            () => SocketNetwork.Default.OpenConnectionAsync(host, 9, null, Guard).AsTask(),
            () => SocketNetwork.Default.OpenConnectionAsync(host, 9, numeric, Guard).AsTask(),
            () => SocketNetwork.Default.OpenConnectionAsync(endPoint, null, Guard).AsTask(),
            () => SocketNetwork.Default.ConnectAsync(endPoint, ClientOptions.Default, Guard).AsTask(),
            () => SocketNetwork.Default.ConnectAsync(endPoint, numeric, Guard).AsTask(),
            () => SocketNetwork.Default.StartServerAsync(_ => Task.CompletedTask, host, 0, null, Guard).AsTask(),
            () =>
                SocketNetwork
                    .Default.StartServerAsync(_ => Task.CompletedTask, ["127.0.0.1", host], 0, null, Guard)
                    .AsTask(),
            () => SocketNetwork.Default.BindAsync(endPoint, ServerOptions.Default, Guard).AsTask(),
        ];
        foreach (Func<Task> call in calls)
        {
            (await call.ShouldThrowAsync<ArgumentException>()).Message.ShouldContain(said);
        }
    }

    [Clause("C-OPEN-13")]
    [Fact]
    public async Task A_scope_of_this_machine_is_taken_by_name_and_by_number()
    {
        if (Loopback6() is not { } loopback)
        {
            return;
        }

        string[] scopes =
        [
            loopback.Name,
            $"{loopback.GetIPProperties().GetIPv6Properties().Index}",
            "0", // The default scope.
        ];
        foreach (string scope in scopes)
        {
            await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
                _ => Task.CompletedTask,
                $"::1%{scope}",
                0,
                null,
                Guard
            );
            await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(
                $"[::1%{scope}]",
                server.Port(),
                null,
                Guard
            );
            (await connection.Reader.ReadToEndAsync(Guard)).ShouldBeEmpty();
        }
    }

    [Clause("C-UNIX-06")]
    [Theory]
    [InlineData("s\0.trusted")]
    [InlineData("s\0")]
    public async Task A_path_with_a_NUL_is_refused_and_leaves_no_file(string name)
    {
        string path = _folder.PathOf(name);
        Func<Task>[] calls =
        [
            () => SocketNetwork.Default.StartUnixServerAsync(_ => Task.CompletedTask, path, null, Guard).AsTask(),
            () => SocketNetwork.Default.OpenUnixConnectionAsync(path, null, Guard).AsTask(),
            () =>
                SocketNetwork
                    .Default.BindAsync(
                        new System.Net.Sockets.UnixDomainSocketEndPoint(path),
                        ServerOptions.Default,
                        Guard
                    )
                    .AsTask(),
        ];
        foreach (Func<Task> call in calls)
        {
            (await call.ShouldThrowAsync<ArgumentException>()).Message.ShouldContain("NUL");
            File.Exists(_folder.PathOf("s")).ShouldBeFalse("nothing was bound");
        }
    }

    [Clause("C-UNIX-06")]
    [Fact]
    public async Task A_path_with_a_NUL_does_not_take_the_place_of_a_file_that_is_there()
    {
        _folder.StaleSocket("s");
        Func<Task> start = () =>
            SocketNetwork
                .Default.StartUnixServerAsync(_ => Task.CompletedTask, _folder.PathOf("s\0x"), null, Guard)
                .AsTask();
        await start.ShouldThrowAsync<ArgumentException>();
        File.Exists(_folder.PathOf("s")).ShouldBeTrue();
    }

    [Clause("C-OPEN-13")]
    [Fact]
    public async Task A_name_in_another_script_is_asked_for_as_DNS_has_it()
    {
        string? asked = null;
        await Resolver
            .ResolveAsync(
                new DnsEndPoint("münchen.example.", 7),
                System.Net.Sockets.AddressFamily.Unspecified,
                ResolverHints.None,
                (name, _, _) =>
                {
                    asked = name;
                    return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
                },
                Guard
            )
            .AsTask();
        asked.ShouldBe("xn--mnchen-3ya.example.");
    }

    private static NetworkInterface? Loopback6() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .FirstOrDefault(link =>
                link.GetIPProperties().UnicastAddresses.Any(unicast => unicast.Address.Equals(IPAddress.IPv6Loopback))
            );
}
