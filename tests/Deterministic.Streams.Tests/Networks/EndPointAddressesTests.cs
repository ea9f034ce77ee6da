using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

public class EndPointAddressesTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress Six = IPAddress.Parse("2001:db8::6");

    [Clause("C-SRV-01")]
    [Theory]
    [InlineData(AddressFamily.Unspecified, "0.0.0.0:80 [::]:80")]
    [InlineData(AddressFamily.InterNetwork, "0.0.0.0:80")]
    [InlineData(AddressFamily.InterNetworkV6, "[::]:80")]
    public void Any_host_is_every_address_of_each_family_asked_for(AddressFamily family, string expected) =>
        string.Join<IPEndPoint>(' ', EndPointAddresses.OfAnyHost(80, family)).ShouldBe(expected);

    [Clause("C-OPEN-06")]
    [Theory]
    [InlineData(AddressFamily.Unspecified, AddressFamily.Unspecified, "192.0.2.2 2001:db8::6 192.0.2.1")]
    [InlineData(AddressFamily.InterNetwork, AddressFamily.Unspecified, "192.0.2.2 192.0.2.1")]
    [InlineData(AddressFamily.Unspecified, AddressFamily.InterNetworkV6, "2001:db8::6")]
    public void A_name_is_its_addresses_of_the_families_asked_for_each_once_in_the_resolvers_order(
        AddressFamily ofName,
        AddressFamily ofOptions,
        string expected
    )
    {
        IPEndPoint[] found = EndPointAddresses.OfName(
            new DnsEndPoint("shop", 80, ofName),
            [Two, Six, Two, One],
            ofOptions
        );
        string.Join(' ', found.Select(address => address.Address)).ShouldBe(expected);
        found.ShouldAllBe(address => address.Port == 80);
    }

    [Clause("C-OPEN-06")]
    [Fact]
    public void Where_nothing_is_left_the_name_is_not_resolved()
    {
        DnsEndPoint name = new("shop", 80, AddressFamily.InterNetwork);
        ShouldNotResolve(() => EndPointAddresses.OfName(name, [Six], AddressFamily.Unspecified), "'shop'");
        ShouldNotResolve(() => EndPointAddresses.OfName(name, [One], AddressFamily.InterNetworkV6), "'shop'");
        ShouldNotResolve(() => EndPointAddresses.OfAnyHost(80, AddressFamily.Unix), "Unix");
        ShouldNotResolve(
            () => EndPointAddresses.OfFamily(new IPEndPoint(Six, 80), AddressFamily.InterNetwork),
            "[2001:db8::6]:80"
        );
        ShouldNotResolve(() => EndPointAddresses.OfText("shop"), "'shop'");
    }

    private static void ShouldNotResolve(Action ask, string said)
    {
        ConnectionException error = Should.Throw<ConnectionException>(ask);
        error.Kind.ShouldBe(ConnectionErrorKind.NameNotResolved);
        error.Message.ShouldContain(said);
    }
}
