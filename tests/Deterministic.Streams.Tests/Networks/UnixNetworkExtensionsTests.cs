using System.Net.Sockets;

namespace Deterministic.Streams.Tests;

/// <summary>Clauses C-UNIX-01, C-UNIX-03 and C-UNIX-06.</summary>
public sealed class UnixNetworkExtensionsTests
{
    private readonly ScriptedListener _listener = new();
    private readonly ScriptedNetwork _network;

    public UnixNetworkExtensionsTests() => _network = new ScriptedNetwork(_listener);

    [Clause("C-UNIX-01", "C-UNIX-06")]
    [Theory]
    [InlineData("/run/chat.sock", "/run/chat.sock")]
    [InlineData("chat.sock", "chat.sock")]
    [InlineData("\0chat", "@chat")]
    public void A_path_is_connected_to_and_so_is_an_abstract_name(string path, string printed)
    {
        ClientOptions options = new() { Limit = 3 };
        Connection connection = _network.OpenUnixConnectionAsync(path, options).AsTask().Now();
        connection.Reader.Limit.ShouldBe(3);
        _network.Options.ShouldBeSameAs(options);
        _network.Asked.ShouldBeOfType<UnixDomainSocketEndPoint>().ToString().ShouldBe(printed);
    }

    [Clause("C-UNIX-03")]
    [Fact]
    public void Every_kind_of_handler_serves_at_a_path()
    {
        ServerOptions options = new() { Backlog = 3 };
        Task<StreamServer>[] servers =
        [
            _network.StartUnixServerAsync(Shop.ForEver, "/run/s", options).AsTask(),
            _network.StartUnixServerAsync((_, _) => Task.CompletedTask, "/run/s", options).AsTask(),
            _network.StartUnixServerAsync((Connection _) => { }, "/run/s", options).AsTask(),
            _network.StartUnixServerAsync((_, _) => { }, "/run/s", options).AsTask(),
        ];
        foreach (Task<StreamServer> server in servers)
        {
            server.Now().IsServing.ShouldBeTrue();
        }

        _network.Options.ShouldBeSameAs(options);
        _network.Asked.ShouldBeOfType<UnixDomainSocketEndPoint>().ToString().ShouldBe("/run/s");
    }

    [Clause("C-UNIX-03", "C-UNIX-06")]
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_path_must_be_given(string? path)
    {
        Should
            .Throw<ArgumentException>(() => _network.OpenUnixConnectionAsync(path!).AsTask().Now())
            .ParamName.ShouldBe("path");
        Should
            .Throw<ArgumentException>(() => _network.StartUnixServerAsync(Shop.ForEver, path!).AsTask().Now())
            .ParamName.ShouldBe("path");
    }

    [Clause("C-UNIX-06")]
    [Theory]
    [InlineData('/')]
    [InlineData('\0')]
    [InlineData('é')]
    public void A_path_that_is_too_long_is_an_error_that_tells_the_limit(char first)
    {
        string tail = string.Empty;
        ArgumentException? error = null;
        while (error is null)
        {
            tail += 'x';
            try
            {
                _network.StartUnixServerAsync(Shop.ForEver, first + tail).AsTask().Now();
            }
            catch (ArgumentException caught)
            {
                error = caught;
            }
        }

        error.ParamName.ShouldBe("path");
        int bytes = System.Text.Encoding.UTF8.GetByteCount(first + tail);
        error.Message.ShouldContain($"has {bytes} bytes, and a Unix socket's has at most {bytes - 1} on this system");
        error.InnerException.ShouldBeOfType<ArgumentOutOfRangeException>();
    }
}
