using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

public class SeveralHostsTests
{
    private readonly HostsNetwork _network = new();

    [Clause("C-SRV-01")]
    [Fact]
    public void A_server_serves_at_every_host_each_bound_once()
    {
        StreamServer server = Start("here", "127.0.0.1", "here");
        _network.Bound.ShouldBe([new DnsEndPoint("here", 80), new IPEndPoint(IPAddress.Loopback, 80)]);
        server.EndPoints.Count.ShouldBe(2);
        server.IsServing.ShouldBeTrue();
    }

    [Clause("C-SRV-05")]
    [Fact]
    public void Addresses_that_are_not_there_are_left_out_as_long_as_one_remains()
    {
        _network.Failures.Add("elsewhere", ConnectionErrorKind.AddressNotAvailable);
        Start("elsewhere", "here").EndPoints.Count.ShouldBe(1);
        _network.Closed.ShouldBe(0);
    }

    [Clause("C-SRV-05")]
    [Fact]
    public void With_none_left_it_is_an_error_that_names_them_all()
    {
        _network.Failures.Add("elsewhere", ConnectionErrorKind.AddressNotAvailable);
        _network.Failures.Add("nowhere", ConnectionErrorKind.AddressNotAvailable);
        ConnectionException error = Should.Throw<ConnectionException>(() => Start("elsewhere", "nowhere"));
        error.Kind.ShouldBe(ConnectionErrorKind.AddressNotAvailable);
        error.Message.ShouldContain("elsewhere");
        error.Message.ShouldContain("nowhere");
        error.InnerException.ShouldBeOfType<ConnectionException>();
    }

    [Clause("C-SRV-01", "C-SRV-05")]
    [Theory]
    [InlineData(ConnectionErrorKind.AddressInUse)]
    [InlineData(ConnectionErrorKind.NameNotResolved)]
    [InlineData(ConnectionErrorKind.AccessDenied)]
    public void Any_other_failure_of_one_leaves_none_bound(ConnectionErrorKind kind)
    {
        _network.Failures.Add("taken", kind);
        Should.Throw<ConnectionException>(() => Start("here", "there", "taken", "last")).Kind.ShouldBe(kind);
        _network.Closed.ShouldBe(2);
        _network.Bound.Count.ShouldBe(2, "those after it are not tried");
    }

    [Clause("C-SRV-01")]
    [Fact]
    public void Hosts_must_be_names_and_at_least_one()
    {
        Name(() => Start()).ShouldBe("hosts");
        Name(() => Start("here", "")).ShouldBe("hosts");
        Name(() => _network.StartServerAsync(Shop.ForEver, (string[])null!).AsTask().Now()).ShouldBe("hosts");
        Name(() => _network.StartServerAsync(Shop.ForEver, ["here"], 65536).AsTask().Now()).ShouldBe("port");
        _network.Bound.ShouldBeEmpty();

        static string? Name(Action call) => Should.Throw<ArgumentException>(call).ParamName;
    }

    [Clause("P-03")]
    [Fact]
    public void Every_form_of_handler_serves_at_hosts_and_at_end_points()
    {
        string[] hosts = ["here", "there"];
        EndPoint local = new DnsEndPoint("here", 80);
        Started(_network.StartServerAsync(Shop.ForEver, hosts));
        Started(_network.StartServerAsync((_, _) => Task.CompletedTask, hosts));
        Started(_network.StartServerAsync((Connection _) => { }, hosts));
        Started(_network.StartServerAsync((_, _) => { }, hosts));
        Started(_network.StartServerAsync(Shop.ForEver, local));
        Started(_network.StartServerAsync((_, _) => Task.CompletedTask, local));
        Started(_network.StartServerAsync((Connection _) => { }, local));
        Started(_network.StartServerAsync((_, _) => { }, local));
        _network.Bound.Count.ShouldBe(12);

        static void Started(ValueTask<StreamServer> start) => start.AsTask().Now().IsServing.ShouldBeTrue();
    }

    private StreamServer Start(params string[] hosts) =>
        _network.StartServerAsync(Shop.ForEver, hosts, 80).AsTask().Now();

    /// <summary>A network where each end point is one listener, and some fail.</summary>
    private sealed class HostsNetwork : INetwork
    {
        public Dictionary<string, ConnectionErrorKind> Failures { get; } = [];

        public List<EndPoint> Bound { get; } = [];

        public int Closed => _listeners.Sum(listener => listener.Closes);

        public TimeProvider TimeProvider => TimeProvider.System;

        private readonly List<ScriptedListener> _listeners = [];

        public ValueTask<Transport> ConnectAsync(
            EndPoint remote,
            ClientOptions options,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
            EndPoint local,
            ServerOptions options,
            CancellationToken cancellationToken
        )
        {
            if (local is DnsEndPoint name && Failures.TryGetValue(name.Host, out ConnectionErrorKind kind))
            {
                return ValueTask.FromException<IReadOnlyList<TransportListener>>(
                    new ConnectionException(kind, $"not at {name.Host}")
                );
            }

            Bound.Add(local);
            ScriptedListener listener = new(Bound.Count);
            _listeners.Add(listener);
            return new ValueTask<IReadOnlyList<TransportListener>>([listener]);
        }
    }
}
