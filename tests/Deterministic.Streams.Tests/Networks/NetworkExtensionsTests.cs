using System.Net;

namespace Deterministic.Streams.Tests;

public class NetworkExtensionsTests
{
    private readonly ScriptedListener _listener = new();
    private readonly ScriptedNetwork _network;

    public NetworkExtensionsTests() => _network = new ScriptedNetwork(_listener);

    [Theory]
    [InlineData("127.0.0.1", typeof(IPEndPoint))]
    [InlineData("::1", typeof(IPEndPoint))]
    [InlineData("example.org", typeof(DnsEndPoint))]
    public void A_host_is_an_address_or_a_name(string host, Type kind)
    {
        _network.OpenConnectionAsync(host, 80).AsTask().Now();
        _network.Asked.ShouldBeOfType(kind);
        _network.Asked!.ToString()!.ShouldContain("80");

        _network.StartServerAsync(Shop.ForEver, host, 80).AsTask().Now();
        _network.Asked.ShouldBeOfType(kind);
    }

    [Clause("C-OPEN-12")]
    [Fact]
    public void A_connection_is_made_with_the_options_and_the_token_given()
    {
        using CancellationTokenSource source = new();
        ClientOptions options = new() { Limit = 3 };
        Connection connection = _network.OpenConnectionAsync("localhost", 80, options, source.Token).AsTask().Now();
        connection.Reader.Limit.ShouldBe(3);
        _network.Options.ShouldBeSameAs(options);
        _network.Token.ShouldBe(source.Token);
        _network.Transport.Calls.ShouldBe("receive");
    }

    [Fact]
    public void Without_options_there_are_the_defaults()
    {
        _network.OpenConnectionAsync(new IPEndPoint(IPAddress.Loopback, 1)).AsTask().Now();
        _network.Options.ShouldBeSameAs(ClientOptions.Default);
        _network.StartServerAsync(Shop.ForEver).AsTask().Now();
        _network.Options.ShouldBeSameAs(ServerOptions.Default);
    }

    [Fact]
    public void A_server_is_bound_with_the_options_and_the_token_given()
    {
        using CancellationTokenSource source = new();
        ServerOptions options = new() { StartServing = false };
        StreamServer server = _network
            .StartServerAsync(Shop.ForEver, "localhost", 80, options, source.Token)
            .AsTask()
            .Now();
        server.IsServing.ShouldBeFalse();
        _network.Options.ShouldBeSameAs(options);
        _network.Token.ShouldBe(source.Token);
    }

    [Clause("C-SRV-01")]
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_server_without_a_host_serves_at_every_address_and_any_free_port(string? host)
    {
        _network.StartServerAsync(Shop.ForEver, host).AsTask().Now();
        DnsEndPoint asked = _network.Asked.ShouldBeOfType<DnsEndPoint>();
        asked.Host.ShouldBe(NetworkExtensions.AnyHost);
        asked.Port.ShouldBe(0);
    }

    [Clause("C-OPEN-01")]
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(65536)]
    public void What_is_no_port_to_connect_to_is_refused(int port) =>
        Should
            .Throw<ArgumentOutOfRangeException>(() => _network.OpenConnectionAsync("localhost", port).AsTask().Now())
            .ParamName.ShouldBe("port");

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void What_is_no_port_to_serve_at_is_refused(int port) =>
        Should
            .Throw<ArgumentOutOfRangeException>(() =>
                _network.StartServerAsync(Shop.ForEver, "localhost", port).AsTask().Now()
            )
            .ParamName.ShouldBe("port");

    [Theory]
    [InlineData(1)]
    [InlineData(65535)]
    public void The_first_and_the_last_port_are_ports(int port)
    {
        _network.OpenConnectionAsync("localhost", port).AsTask().Now();
        _network.StartServerAsync(Shop.ForEver, "localhost", port).AsTask().Now();
    }

    [Fact]
    public void Arguments_must_be_given()
    {
        EndPoint remote = new IPEndPoint(IPAddress.Loopback, 1);
        Name(() => _network.OpenConnectionAsync(null!, 1).AsTask().Now()).ShouldBe("host");
        Should
            .Throw<ArgumentException>(() => _network.OpenConnectionAsync("", 1).AsTask().Now())
            .ParamName.ShouldBe("host");
        Name(() => _network.OpenConnectionAsync(null!).AsTask().Now()).ShouldBe("remote");
        Name(() => ((INetwork)null!).OpenConnectionAsync(remote).AsTask().Now()).ShouldBe("network");
        Name(() => _network.StartServerAsync((Func<Connection, Task>)null!).AsTask().Now()).ShouldBe("handler");
        Name(() => _network.StartServerAsync((Func<AsyncStreamReader, AsyncStreamWriter, Task>)null!).AsTask().Now())
            .ShouldBe("handler");
        Name(() => ((INetwork)null!).StartServerAsync(Shop.ForEver).AsTask().Now()).ShouldBe("network");

        static string? Name(Action call) => Should.Throw<ArgumentNullException>(call).ParamName;
    }
}
