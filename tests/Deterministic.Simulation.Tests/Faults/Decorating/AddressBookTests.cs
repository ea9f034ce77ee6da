using System.Net;
using Deterministic.Faults.Decorating;

namespace Deterministic.Simulation.Tests;

/// <summary>Which host an address belongs to.</summary>
public sealed class AddressBookTests
{
    private static readonly IPEndPoint Listener = new(IPAddress.Loopback, 80);
    private static readonly IPEndPoint Ephemeral = new(IPAddress.Loopback, 50000);

    private readonly AddressBook _book = new(nameOf: null);

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("::", "::1")]
    [InlineData("::", "localhost")]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1")]
    public void A_bound_address_is_its_hosts(string bound, string remote)
    {
        _book.Decorate("server");
        _book.Add(new IPEndPoint(IPAddress.Parse(bound), 80), "server");
        EndPoint To(int port) =>
            IPAddress.TryParse(remote, out IPAddress? address)
                ? new IPEndPoint(address, port)
                : new DnsEndPoint(remote, port);
        _book.NameOf(To(80)).ShouldBe("server");
        _book.NameOf(To(81)).ShouldNotBe("server");
    }

    [Fact]
    public void Who_is_accepted_while_a_decorated_host_connects_there_may_be_that_one_until_it_is_known()
    {
        Peer peer = new(_book, Ephemeral, Listener);
        _book.BeginConnecting("alice", Listener);
        _book.BeginConnecting("bob", new IPEndPoint(IPAddress.Loopback, 81));
        peer.Name.ShouldBe("alice");
        _book.BeginConnecting("carol", Listener);
        _book.Add(Ephemeral, "carol");
        peer.Name.ShouldBe("carol");

        // Known for good, whatever becomes of the address.
        _book.Remove(Ephemeral, "carol");
        peer.Name.ShouldBe("carol");
    }

    [Fact]
    public void Who_is_accepted_otherwise_is_called_by_its_address()
    {
        _book.BeginConnecting("alice", Listener);
        _book.EndConnecting("alice", Listener);
        new Peer(_book, Ephemeral, Listener).Name.ShouldBe("127.0.0.1");
        new Peer(_book, remote: null, Listener).Name.ShouldBe("unknown");
    }

    [Fact]
    public void An_address_that_another_host_has_by_now_is_not_forgotten()
    {
        _book.Add(Ephemeral, "alice");
        _book.Add(Ephemeral, "bob");
        _book.Remove(Ephemeral, "alice");
        _book.NameOf(Ephemeral).ShouldBe("bob");
    }

    [Fact]
    public void What_the_caller_says_comes_first_and_names_know_no_case()
    {
        AddressBook told = new(remote => remote.Equals(Listener) ? "SERVER" : null);
        told.Decorate("Server");
        told.NameOf(Listener).ShouldBe("Server");
        new Peer(told, Listener, Ephemeral).Name.ShouldBe("Server");
        told.IsDecorated(told.NameOf(new DnsEndPoint("server", 1))).ShouldBeTrue();
        told.NameOf(new DnsEndPoint("other", 1)).ShouldBe("other");
        told.Hosts().ShouldBe(["Server", "other"]);
    }
}
