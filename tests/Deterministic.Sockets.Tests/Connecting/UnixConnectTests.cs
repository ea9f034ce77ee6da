using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Connecting;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Tuning;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>Clauses C-UNIX-01 and C-UNIX-06.</summary>
public sealed class UnixConnectTests : GuardedTest, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();

    public new void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    [Clause("C-UNIX-01", "C-UNIX-06", "W-INFO-02")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connecting_to_a_path_or_an_abstract_name_knows_both_ends_also_after_the_close(bool isAbstract)
    {
        UnixDomainSocketEndPoint address = isAbstract ? Abstract() : _folder.EndPointOf("s");
        using Socket listener = Listen(address);
        Transport transport = await ConnectAsync(address);
        using Socket peer = await listener.AcceptAsync(Guard);
        transport.TrySend("x"u8).Count.ShouldBe(1);
        (await peer.ReceiveAsync(new byte[1], SocketFlags.None, Guard)).ShouldBe(1);

        transport.Close();
        transport.RemoteEndPoint.ShouldBeOfType<UnixDomainSocketEndPoint>().ShouldBe(address);
        transport.LocalEndPoint.ShouldBeOfType<UnixDomainSocketEndPoint>().ToString().ShouldBeEmpty("it has no name");
    }

    [Fact]
    public async Task A_path_without_a_file_is_refused_and_says_so()
    {
        ConnectionException error = await ConnectAsync(_folder.EndPointOf("none"))
            .ShouldFailAsync(ConnectionErrorKind.Refused);
        error.Message.ShouldBe(
            $"Connect call failed ({_folder.PathOf("none")}): no such file, so nobody listens there"
        );
        error.InnerException.ShouldBeOfType<SocketException>();
    }

    [Fact]
    public async Task A_message_shows_the_control_characters_of_an_abstract_name()
    {
        ConnectionException error = await ConnectAsync(new UnixDomainSocketEndPoint($"\0{Guid.NewGuid():N}\0\n"))
            .ShouldFailAsync(ConnectionErrorKind.Refused);
        error.Message.ShouldContain("\\x00\\x0a)");
        error.Message.ShouldAllBe(character => !char.IsControl(character));
    }

    [Fact]
    public async Task A_path_through_a_file_is_no_path_and_says_so()
    {
        await File.WriteAllTextAsync(_folder.PathOf("file"), "", Guard);
        ConnectionException error = await ConnectAsync(_folder.EndPointOf("file/s"))
            .ShouldFailAsync(ConnectionErrorKind.Other);
        error.Message.ShouldContain("a part of the path is no folder");
    }

    [Fact]
    public async Task A_socket_file_that_nobody_listens_on_is_refused() =>
        await ConnectAsync(_folder.StaleSocket("s")).ShouldFailAsync(ConnectionErrorKind.Refused);

    [Fact]
    public async Task An_abstract_name_that_nobody_has_is_refused() =>
        await ConnectAsync(Abstract()).ShouldFailAsync(ConnectionErrorKind.Refused);

    [Fact]
    public async Task A_socket_of_another_type_is_told_apart()
    {
        using Socket datagrams = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        datagrams.Bind(_folder.EndPointOf("s"));
        ConnectionException error = await ConnectAsync(_folder.EndPointOf("s"))
            .ShouldFailAsync(ConnectionErrorKind.Other);
        error.Message.ShouldEndWith("the socket there is none of streams");
    }

    [Fact]
    public async Task A_full_backlog_is_waited_for_as_on_TCP()
    {
        UnixDomainSocketEndPoint address = _folder.EndPointOf("s");
        using Socket listener = Listen(address, backlog: 0);
        using Socket filler = Loopback.Connect(address);
        Task<Transport> connecting = ConnectAsync(address);
        _time.Ring();
        await NextAttemptAsync(connecting);
        connecting.IsCompleted.ShouldBeFalse();

        using Socket accepted = await listener.AcceptAsync(Guard);
        _time.Ring();
        (await connecting).Abort();
    }

    [Fact]
    public async Task A_backlog_that_stays_full_times_out_after_as_long_as_on_TCP()
    {
        UnixDomainSocketEndPoint address = _folder.EndPointOf("s");
        using Socket listener = Listen(address, backlog: 0);
        using Socket filler = Loopback.Connect(address);
        Task<Transport> connecting = ConnectAsync(address);
        TimeSpan waited = TimeSpan.Zero;
        while (await NextAttemptAsync(connecting) is { } pause)
        {
            waited += pause;
            _time.Ring();
        }

        waited.ShouldBeInRange(UnixErrors.ConnectPatience, UnixErrors.ConnectPatience + TimeSpan.FromSeconds(1));
        ConnectionException error = await connecting.ShouldFailAsync(ConnectionErrorKind.TimedOut);
        error.Message.ShouldBe(
            $"Connect call failed ({address}): its backlog was full for 127 s: the server does not accept"
        );
    }

    [Fact]
    public async Task The_wait_for_a_full_backlog_can_be_cancelled()
    {
        UnixDomainSocketEndPoint address = _folder.EndPointOf("s");
        using Socket listener = Listen(address, backlog: 0);
        using Socket filler = Loopback.Connect(address);
        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(Guard);
        Task<Transport> connecting = ConnectAsync(address, null, cancellation.Token);
        await cancellation.CancelAsync();
        await connecting.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task It_comes_from_no_local_address()
    {
        ClientOptions options = new() { LocalEndPoint = Loopback.AnyPort };
        ArgumentException error = await ConnectAsync(_folder.EndPointOf("s"), options)
            .ShouldThrowAsync<ArgumentException>();
        error.Message.ShouldContain("LocalEndPoint");
    }

    [Fact]
    public async Task It_is_of_no_family_of_the_internet()
    {
        ClientOptions options = new() { AddressFamily = AddressFamily.InterNetworkV6 };
        ConnectionException error = await ConnectAsync(_folder.EndPointOf("s"), options)
            .ShouldFailAsync(ConnectionErrorKind.NameNotResolved);
        error.Message.ShouldContain("InterNetworkV6");
    }

    [Fact]
    public async Task What_only_TCP_has_is_ignored()
    {
        UnixDomainSocketEndPoint address = _folder.EndPointOf("s");
        using Socket listener = Listen(address);
        ClientOptions options = new()
        {
            NoDelay = false,
            KeepAlive = new KeepAliveOptions(),
            Linger = TimeSpan.FromSeconds(1),
            AddressFamily = AddressFamily.Unix,
            HappyEyeballsDelay = TimeSpan.Zero,
        };
        Transport transport = await ConnectAsync(address, options);
        transport.Close().Status.ShouldBe(TransportStatus.Completed);
    }

    /// <summary>How long until then; null once it is over. What a timer starts goes on elsewhere.</summary>
    private async Task<TimeSpan?> NextAttemptAsync(Task connecting)
    {
        while (!connecting.IsCompleted && _time.Due.Count == 0)
        {
            Guard.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return connecting.IsCompleted ? null : _time.Due.Single();
    }

    private static Socket Listen(EndPoint address, int backlog = 5)
    {
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(address);
        listener.Listen(backlog);
        return listener;
    }

    private static UnixDomainSocketEndPoint Abstract() => new($"\0{Guid.NewGuid():N}");

    private Task<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions? options = null,
        CancellationToken? cancellationToken = null
    ) =>
        new SocketNetwork(_time)
            .ConnectAsync(remote, options ?? ClientOptions.Default, cancellationToken ?? Guard)
            .AsTask();
}
