using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Naming;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>What the options ask of names and addresses. Clause C-OPEN-06.</summary>
public sealed class ResolverTests : GuardedTest
{
    [Clause("C-OPEN-06")]
    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task A_family_is_asked_for(AddressFamily family)
    {
        DnsEndPoint both = new("localhost", 7);
        IPEndPoint[] all = await ForConnectAsync(both, new ClientOptions());
        IPEndPoint[] expected = [.. all.Where(address => address.AddressFamily == family)];
        if (expected.Length > 0)
        {
            (await ForConnectAsync(both, new ClientOptions { AddressFamily = family })).ShouldBe(expected);
            (await ForConnectAsync(new DnsEndPoint("localhost", 7, family), new ClientOptions())).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task An_address_of_another_family_is_an_error_that_names_both()
    {
        ClientOptions options = new() { AddressFamily = AddressFamily.InterNetworkV6 };
        ConnectionException error = await ForConnectAsync(new IPEndPoint(IPAddress.Loopback, 7), options)
            .ShouldFailAsync(ConnectionErrorKind.NameNotResolved);
        error.Message.ShouldBe("The address 127.0.0.1:7 is not of the family InterNetworkV6 that the options ask for.");
    }

    [Fact]
    public async Task A_name_without_an_address_of_the_family_is_not_resolved()
    {
        ClientOptions options = new()
        {
            AddressFamily = AddressFamily.InterNetworkV6,
            ResolverHints = ResolverHints.NumericHost,
        };
        ConnectionException error = await ForConnectAsync(new DnsEndPoint("127.0.0.1", 7), options)
            .ShouldFailAsync(ConnectionErrorKind.NameNotResolved);
        error.Message.ShouldBe("The name '127.0.0.1' has no address of the family asked for.");
    }

    [Documented("open_connection(flags)")]
    [Fact]
    public async Task A_numeric_host_is_taken_as_it_is_and_a_name_is_refused()
    {
        ClientOptions options = new() { ResolverHints = ResolverHints.NumericHost };
        (await ForConnectAsync(new DnsEndPoint("::1", 7), options)).ShouldBe([
            new IPEndPoint(IPAddress.IPv6Loopback, 7),
        ]);
        ConnectionException error = await ForConnectAsync(new DnsEndPoint("localhost", 7), options)
            .ShouldFailAsync(ConnectionErrorKind.NameNotResolved);
        error.Message.ShouldBe(
            "The host 'localhost' is no address in text, and ResolverHints.NumericHost has no resolver asked."
        );
    }

    [Clause("C-OPEN-12")]
    [Fact]
    public async Task A_resolver_that_does_not_answer_can_be_given_up()
    {
        TaskCompletionSource<IPAddress[]> answer = new();
        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(Guard);
        Task<IPEndPoint[]> resolving = Resolver
            .ResolveAsync(
                new DnsEndPoint("far.example", 7),
                AddressFamily.Unspecified,
                ResolverHints.None,
                (_, _, _) => answer.Task,
                cancellation.Token
            )
            .AsTask();
        await cancellation.CancelAsync();
        OperationCanceledException error = await resolving.ShouldThrowAsync<OperationCanceledException>();
        error.CancellationToken.ShouldBe(cancellation.Token);
        answer.SetException(new SocketException((int)SocketError.HostNotFound));
    }

    [Theory]
    [InlineData("any", "4 6", "any")]
    [InlineData("any", "4", "4")]
    [InlineData("any", "6", "6")]
    [InlineData("any", "", "any")] // Only a loopback: a program still finds its own servers.
    [InlineData("4", "4 6", "4")]
    [InlineData("6", "4", "")]
    public void Families_that_the_host_does_not_have_are_left_out(string asked, string seen, string expected) =>
        ConfiguredFamilies.Narrow(Families(asked).Single(), Families(seen)).ShouldBe(Families(expected));

    [Fact]
    public async Task The_hosts_own_families_can_be_asked_for()
    {
        ClientOptions options = new() { ResolverHints = ResolverHints.AddressConfigured };
        AddressFamily[] left = ConfiguredFamilies.Narrow(AddressFamily.Unspecified, ConfiguredFamilies.Seen());
        if (left is [AddressFamily.Unspecified])
        {
            (await ForConnectAsync(new DnsEndPoint("localhost", 7), options)).ShouldNotBeEmpty();
        }
        else
        {
            (await ForConnectAsync(new DnsEndPoint("localhost", 7), options)).ShouldAllBe(address =>
                left.Contains(address.AddressFamily)
            );
        }
    }

    [Clause("C-SRV-01")]
    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task Any_host_of_a_family_is_that_family_only(AddressFamily family)
    {
        ServerOptions options = new() { AddressFamily = family };
        DnsEndPoint any = new(NetworkExtensions.AnyHost, 7);
        (await EndPointResolver.ForBindAsync([any], options, Guard))
            .ShouldHaveSingleItem()
            .AddressFamily.ShouldBe(family);
    }

    [Fact]
    public async Task There_is_no_any_host_of_a_family_that_is_none_of_the_internet()
    {
        ServerOptions options = new() { AddressFamily = AddressFamily.Unix };
        ConnectionException error = await SocketNetwork
            .Default.BindAsync(new DnsEndPoint(NetworkExtensions.AnyHost, 7), options, Guard)
            .AsTask()
            .ShouldFailAsync(ConnectionErrorKind.NameNotResolved);
        error.Message.ShouldContain("Unix");
    }

    private static AddressFamily[] Families(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(name =>
                    name switch
                    {
                        "4" => AddressFamily.InterNetwork,
                        "6" => AddressFamily.InterNetworkV6,
                        _ => AddressFamily.Unspecified,
                    }
                ),
        ];

    private async Task<IPEndPoint[]> ForConnectAsync(EndPoint remote, ClientOptions options) =>
        await EndPointResolver.ForConnectAsync(remote, options, Guard);
}
