using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Connecting;
using Deterministic.Sockets.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>An address that never answers does not cost the others their chance. Clauses C-OPEN-06, C-OPEN-09, C-OPEN-12. The rules are tested in the streams; here over real sockets.</summary>
public sealed class SharedTimeTests : GuardedTest, IDisposable
{
    private readonly ManualTime _time = new();
    private readonly SilentListener _silent = new();
    private readonly Socket _listener = Loopback.Listen();

    public new void Dispose()
    {
        _silent.Dispose();
        _listener.Dispose();
        base.Dispose();
    }

    [Clause("C-OPEN-09")]
    [Fact]
    public async Task By_default_the_next_address_is_tried_after_a_quarter_of_a_second()
    {
        Task<Connection> connecting = OpenAsync(ClientOptions.Default);
        _time.Due.ShouldBe([TimeSpan.FromMilliseconds(250)]);
        _time.Ring();
        await using Connection connection = await connecting;
        connection.RemoteEndPoint.ShouldBe(_listener.LocalEndPoint);
    }

    [Clause("C-OPEN-12")]
    [Fact]
    public async Task One_at_a_time_each_address_has_its_share_of_the_time()
    {
        ClientOptions options = new() { HappyEyeballsDelay = null, ConnectTimeout = TimeSpan.FromSeconds(5) };
        Task<Connection> connecting = OpenAsync(options);
        _time.Due.ShouldBe([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2.5)], ignoreOrder: true);
        _time.Ring(TimeSpan.FromSeconds(2.5));
        await using Connection connection = await connecting;
        connection.RemoteEndPoint.ShouldBe(_listener.LocalEndPoint);
    }

    [Clause("C-OPEN-07", "C-OPEN-12")]
    [Fact]
    public async Task A_time_out_names_every_address_and_what_became_of_it()
    {
        using SilentListener other = new();
        using Socket refusing = Loopback.HoldRefusingPort();
        ClientOptions options = new() { HappyEyeballsDelay = null, ConnectTimeout = TimeSpan.FromSeconds(5) };
        Task<Connection> connecting = OpenAsync(
            options,
            (IPEndPoint)refusing.LocalEndPoint!,
            _silent.Address,
            other.Address
        );
        // The second begins when the kernel has refused the first, and has half of the time.
        while (!_time.Due.Contains(TimeSpan.FromSeconds(2.5)))
        {
            Guard.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        _time.Ring(TimeSpan.FromSeconds(5));
        ConnectionException error = await connecting.ShouldFailAsync(ConnectionErrorKind.TimedOut);
        error.Message.ShouldContain($"{refusing.LocalEndPoint}: Connection refused");
        error.Message.ShouldContain($"{_silent.Address}: no answer after ");
        error.Message.ShouldContain($"{other.Address}: not tried");
    }

    private Task<Connection> OpenAsync(ClientOptions options, params IPEndPoint[] addresses) =>
        new SeveralAddresses(
            addresses.Length > 0 ? addresses : [_silent.Address, (IPEndPoint)_listener.LocalEndPoint!],
            _time
        )
            .OpenConnectionAsync(new DnsEndPoint("service.example", 7), options, Guard)
            .AsTask();

    /// <summary>Every name stands for these addresses.</summary>
    private sealed class SeveralAddresses(IPEndPoint[] addresses, TimeProvider time) : INetwork
    {
        public TimeProvider TimeProvider => time;

        public async ValueTask<Transport> ConnectAsync(
            EndPoint remote,
            ClientOptions options,
            CancellationToken cancellationToken
        ) => new SocketTransport(await TcpConnect.RunAsync(addresses, options, time, cancellationToken), options, time);

        public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
            EndPoint local,
            ServerOptions options,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
