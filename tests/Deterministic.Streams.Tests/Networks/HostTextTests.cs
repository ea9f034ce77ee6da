using System.Net;

namespace Deterministic.Streams.Tests;

/// <summary>What the text of a host may be: a name, an IPv4 address, an IPv6 address, or one in brackets. Clause C-OPEN-13.</summary>
public sealed class HostTextTests
{
    private const int Port = 80;

    /// <summary>Of ASCII: what separates hosts from other parts of a text, which no host has in it.</summary>
    private const string Delimiters = "#/:<>?@[\\]^|%";

    private readonly ScriptedNetwork _network = new(new ScriptedListener());

    [Clause("C-OPEN-13")]
    [Fact]
    public void Of_all_characters_those_that_no_name_has_are_refused_and_shown()
    {
        const int LastOfAscii = 0x7f;
        for (int code = 0; code <= byte.MaxValue; code++)
        {
            char one = (char)code;
            if (one == '.')
            {
                continue;
            }

            foreach (string host in new[] { $"{one}ab", $"a{one}b", $"ab{one}" })
            {
                bool isRefused = char.IsControl(one) || char.IsWhiteSpace(one) || Delimiters.Contains(one);
                if (code <= LastOfAscii || isRefused)
                {
                    (Asked(host) is null).ShouldBe(isRefused, $"U+{code:X4} in {host.Length} characters");
                }
            }
        }
    }

    [Clause("C-OPEN-13")]
    [Theory]
    [InlineData("localhost\0.trusted.example", "'localhost\\0.trusted.example'", "U+0000")]
    [InlineData("a b", "'a b'", "U+0020")]
    [InlineData("a\u2003b", "'a\\u2003b'", "U+2003")]
    [InlineData("a..b", "'a..b'", "empty")]
    [InlineData(".", "'.'", "empty")]
    [InlineData("localhost:80", "'localhost:80'", "pass the port as an argument of its own")]
    [InlineData("[::1]:80", "'[::1]:80'", "pass the port as an argument of its own")]
    [InlineData("http://localhost", "'http://localhost'", "only the host")]
    [InlineData("fe80::1%", "'fe80::1%'", "scope")]
    [InlineData("[127.0.0.1]", "'[127.0.0.1]'", "IPv6")]
    public void The_error_shows_the_text_and_says_what_is_wrong_with_it(string host, string shown, string what)
    {
        ArgumentException error = Should.Throw<ArgumentException>(() =>
            _network.OpenConnectionAsync(host, Port).AsTask().Now()
        );
        error.ParamName.ShouldBe("host");
        error.Message.ShouldContain(shown);
        error.Message.ShouldContain(what);
        _network.Asked.ShouldBeNull();
    }

    [Clause("C-OPEN-13")]
    [Fact]
    public void Half_of_a_character_is_no_character() =>
        Should
            .Throw<ArgumentException>(() => _network.OpenConnectionAsync("a\ud800b", Port).AsTask().Now())
            .Message.ShouldContain("'a\\ud800b' has half of a surrogate pair at index 1");

    [Clause("C-OPEN-13")]
    [Theory]
    [InlineData("example.org")]
    [InlineData("example.org.")]
    [InlineData("_service._tcp.example")]
    [InlineData("-dash-.example")]
    [InlineData("münchen.example")]
    [InlineData("xn--mnchen-3ya.example")]
    [InlineData("256.1.1.1")] // No address, so a name; a resolver finds none.
    [InlineData("1.2.3.4.5")]
    public void A_name_is_left_to_the_network(string host) =>
        Asked(host).ShouldBeOfType<DnsEndPoint>().Host.ShouldBe(host);

    [Clause("C-OPEN-13")]
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:80")]
    [InlineData("127.1", "127.0.0.1:80")] // As getaddrinfo reads it, and so asyncio.
    [InlineData("1", "0.0.0.1:80")]
    [InlineData("0x7f.1", "127.0.0.1:80")]
    [InlineData("0177.0.0.1", "127.0.0.1:80")]
    [InlineData("2130706433", "127.0.0.1:80")]
    [InlineData("::1", "[::1]:80")]
    [InlineData("[::1]", "[::1]:80")]
    [InlineData("[2001:db8::1]", "[2001:db8::1]:80")]
    [InlineData("::ffff:10.0.0.1", "[::ffff:10.0.0.1]:80")]
    [InlineData("::1:9", "[::0.1.0.9]:80")] // An address like any other.
    [InlineData("fe80::1%0", "[fe80::1]:80")] // The default scope.
    public void An_address_is_that_address(string host, string expected) =>
        Asked(host).ShouldBeOfType<IPEndPoint>().ToString().ShouldBe(expected);

    [Clause("C-OPEN-13")]
    [Theory]
    [InlineData("fe80::1%eth0", "fe80::1%eth0")]
    [InlineData("[fe80::1%7]", "fe80::1%7")]
    public void A_scope_is_left_to_the_network_which_knows_its_interfaces(string host, string expected) =>
        Asked(host).ShouldBeOfType<DnsEndPoint>().Host.ShouldBe(expected);

    [Clause("C-OPEN-13")]
    [Fact]
    public void Labels_have_63_bytes_at_most_and_names_253()
    {
        for (int length = 1; length <= 70; length++)
        {
            string label = new('a', length);
            (Asked($"{label}.example") is not null).ShouldBe(length <= 63, $"a label of {length}");
            (Asked($"example.{label}.") is not null).ShouldBe(length <= 63, $"a last label of {length}");
        }

        for (int length = 240; length <= 270; length++)
        {
            string name = string.Concat(Enumerable.Repeat("abcdefghi.", length / 10)) + new string('z', length % 10);
            name = name.TrimEnd('.');
            (Asked(name) is not null).ShouldBe(name.Length <= 253, $"a name of {name.Length}");
            (Asked(name + '.') is not null).ShouldBe(name.Length <= 253, $"a name of {name.Length} and a dot");
        }

        // As they are sent, which for other scripts is longer than what is written.
        Asked(new string('ü', 50) + ".example").ShouldNotBeNull();
        Asked(new string('ü', 63) + ".example").ShouldBeNull();
    }

    [Clause("C-OPEN-13")]
    [Theory]
    [InlineData("[::1]:9")]
    [InlineData("localhost\0")]
    public void One_bad_host_of_several_is_refused_before_any_is_bound(string bad)
    {
        Should
            .Throw<ArgumentException>(() =>
                _network.StartServerAsync(Shop.ForEver, ["localhost", bad], Port).AsTask().Now()
            )
            .ParamName.ShouldBe("hosts");
        Should
            .Throw<ArgumentException>(() => _network.StartServerAsync(Shop.ForEver, bad, Port).AsTask().Now())
            .ParamName.ShouldBe("host");
        Should
            .Throw<ArgumentException>(() =>
                _network.StartServerAsync(Shop.ForEver, new DnsEndPoint(bad, Port)).AsTask().Now()
            )
            .ParamName.ShouldBe("local");
        _network.Asked.ShouldBeNull();
    }

    [Clause("C-OPEN-13")]
    [Fact]
    public void A_local_end_point_is_checked_where_it_is_set() =>
        Should
            .Throw<ArgumentException>(() =>
                new ClientOptions { LocalEndPoint = new DnsEndPoint("localhost\0.example", 0) }
            )
            .Message.ShouldContain("'localhost\\0.example'");

    /// <summary>What the network is asked to connect to; null if it is not asked.</summary>
    private static EndPoint? Asked(string host)
    {
        ScriptedNetwork network = new();
        try
        {
            network.OpenConnectionAsync(host, Port).AsTask().Now();
        }
        catch (ArgumentException)
        {
            network.Asked.ShouldBeNull("it is refused before the network is asked");
        }

        return network.Asked;
    }
}
