using System.Net;
using System.Net.Sockets;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Hosts and paths in text on the simulated network, refused as on real sockets.</summary>
public sealed class HostTextTests
{
    private static readonly IPAddress Somewhere = IPAddress.Parse("192.0.2.1");

    [Clause("C-OPEN-13")]
    [Theory]
    [InlineData("[::1]:9", "port")]
    [InlineData("localhost\0.trusted.example", "U+0000")]
    [InlineData("::1%lo", "'lo'")] // Of no simulated host, whatever the machine has that runs it.
    [InlineData("fe80::1%1", "'1'")]
    [InlineData("[fe80::1%nosuch0]", "'nosuch0'")]
    public void The_driver_refuses_it_too_whichever_call_it_comes_by(string host, string said)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost here = world.Host("here");
            DnsEndPoint endPoint = new(host, 9);
            ClientOptions numeric = new() { ResolverHints = ResolverHints.NumericHost };
            Func<Task>[] calls =
            [
                () => here.OpenConnectionAsync(host, 9).AsTask(),
                () => here.OpenConnectionAsync(host, 9, numeric).AsTask(),
                () => here.OpenConnectionAsync(endPoint).AsTask(),
                () => here.ConnectAsync(endPoint, ClientOptions.Default, default).AsTask(),
                () => here.ConnectAsync(endPoint, numeric, default).AsTask(),
                () => here.StartServerAsync(_ => Task.CompletedTask, host).AsTask(),
                () => here.StartServerAsync(_ => Task.CompletedTask, ["127.0.0.1", host]).AsTask(),
                () => here.BindAsync(endPoint, ServerOptions.Default, default).AsTask(),
            ];
            foreach (Func<Task> call in calls)
            {
                (await FailureOfAsync(call)).Message.ShouldContain(said);
            }
        });
    }

    [Clause("C-UNIX-06")]
    [Fact]
    public void A_path_with_a_NUL_is_refused_and_leaves_no_file()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost here = world.Host("here");
            UnixDomainSocketEndPoint endPoint = new("/run/s\0x");
            Func<Task>[] calls =
            [
                () => here.OpenUnixConnectionAsync("/run/s\0x").AsTask(),
                () => here.StartUnixServerAsync(_ => Task.CompletedTask, "/run/s\0x").AsTask(),
                () => here.ConnectAsync(endPoint, ClientOptions.Default, default).AsTask(),
                () => here.BindAsync(endPoint, ServerOptions.Default, default).AsTask(),
            ];
            foreach (Func<Task> call in calls)
            {
                (await FailureOfAsync(call)).Message.ShouldContain("NUL");
            }

            here.HasSocketFile("/run/s").ShouldBeFalse();
            Should.Throw<ArgumentException>(() => here.HasSocketFile("/run/s\0x")).ParamName.ShouldBe("path");
        });
    }

    [Clause("C-OPEN-13")]
    [Theory]
    [InlineData("a\0b")]
    [InlineData("a b")]
    [InlineData("a:1")]
    [InlineData("[::1]")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("1")]
    [InlineData("*")]
    [InlineData("localhost")]
    [InlineData("LocalHost.")]
    [InlineData("a..b")]
    [InlineData("")]
    public void What_no_name_can_be_is_no_name_of_a_host_and_none_to_give(string name)
    {
        SimulatedWorld world = new(1);
        Should.Throw<ArgumentException>(() => world.Host(name)).ParamName.ShouldBe("name");
        Should.Throw<ArgumentException>(() => world.AddName(name, Somewhere)).ParamName.ShouldBe("name");
    }

    [Clause("C-OPEN-13")]
    [Theory]
    [InlineData("server", "SERVER.")]
    [InlineData("server.", "server")]
    [InlineData("münchen", "xn--mnchen-3ya")]
    [InlineData("_service", "_service")]
    public void A_name_is_found_however_it_is_written(string given, string asked)
    {
        Talk.Alone(async world =>
        {
            await using StreamServer server = await world
                .Host(given)
                .StartServerAsync(_ => Task.CompletedTask, port: 7);
            await using Connection connection = await world.Host("client").OpenConnectionAsync(asked, 7);
            world.Host(asked).ShouldBeSameAs(world.Host(given));
            world.AddName("alias." + given, world.Host(given).Address);
            await using Connection second = await world.Host("client").OpenConnectionAsync("alias." + asked, 7);
            second.RemoteEndPoint.ShouldBe(connection.RemoteEndPoint);
        });
    }

    private static async Task<ArgumentException> FailureOfAsync(Func<Task> call) =>
        await Talk.FailureOfAsync<ArgumentException>(Run(call));

    /// <summary>What a call throws at once fails its task as well.</summary>
    private static async Task Run(Func<Task> call) => await call();
}
