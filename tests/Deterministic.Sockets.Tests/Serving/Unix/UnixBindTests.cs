using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>Clauses C-UNIX-03 to C-UNIX-06, DEV-46.</summary>
public sealed class UnixBindTests : GuardedTest, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;
    private readonly UnixDomainSocketEndPoint _address;

    public UnixBindTests() => (_path, _address) = (_folder.PathOf("s"), _folder.EndPointOf("s"));

    public new void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    [Clause("C-UNIX-03", "W-INFO-02")]
    [Fact]
    public async Task A_server_serves_on_a_path_and_knows_it_also_after_the_close()
    {
        TransportListener listener = await BindAsync(_address);
        Transport accepted = await AcceptOneAsync(listener);
        accepted.LocalEndPoint.ShouldBe(_address);
        accepted.RemoteEndPoint.ShouldBeOfType<UnixDomainSocketEndPoint>().ToString().ShouldBeEmpty();
        accepted.Abort();
        listener.Close();
        listener.LocalEndPoint.ShouldBe(_address);
        accepted.LocalEndPoint.ShouldBe(_address);
    }

    [Clause("C-UNIX-04")]
    [Fact]
    public async Task A_socket_file_that_nobody_uses_is_replaced()
    {
        _folder.StaleSocket("s");
        TransportListener listener = await BindAsync(_address);
        (await AcceptOneAsync(listener)).Abort();
        listener.Close();
    }

    [Clause("C-UNIX-04")]
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_path_that_a_server_has_is_in_use_and_left_alone_whether_it_serves_yet_or_not(bool serving)
    {
        TransportListener listener = await BindAsync(_address, new ServerOptions { StartServing = serving });
        ConnectionException error = await BindAsync(_address).ShouldFailAsync(ConnectionErrorKind.AddressInUse);
        error.Message.ShouldBe(
            $"error while attempting to bind on address {_path}: Address already in use: another server uses it"
        );
        error.InnerException.ShouldBeOfType<SocketException>();
        // The first that comes is ours: whoever asked whether the server lives did not connect to it.
        (await AcceptOneAsync(listener)).Abort();
        listener.Close();
    }

    [Clause("C-UNIX-04")]
    [Fact]
    public async Task A_socket_of_another_type_is_left_alone()
    {
        using Socket datagrams = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        datagrams.Bind(_address);
        await BindAsync(_address).ShouldFailAsync(ConnectionErrorKind.AddressInUse);
        File.Exists(_path).ShouldBeTrue();
    }

    [Clause("C-UNIX-04")]
    [Fact]
    public async Task Any_other_file_is_an_error_and_left_alone()
    {
        await File.WriteAllTextAsync(_path, "precious", Guard);
        ConnectionException error = await BindAsync(_address).ShouldFailAsync(ConnectionErrorKind.AddressInUse);
        error.Message.ShouldContain("the file there is no socket, so it is left alone");
        (await File.ReadAllTextAsync(_path, Guard)).ShouldBe("precious");
    }

    [Clause("C-UNIX-04")]
    [Fact]
    public async Task A_link_to_a_socket_is_no_socket()
    {
        _folder.StaleSocket("target");
        File.CreateSymbolicLink(_path, _folder.PathOf("target"));
        await BindAsync(_address).ShouldFailAsync(ConnectionErrorKind.AddressInUse);
        File.Exists(_path).ShouldBeTrue();
    }

    [Clause("C-UNIX-04")]
    [Fact]
    public async Task Of_servers_that_start_at_once_exactly_one_has_the_path()
    {
        for (int round = 0; round < 30; round++)
        {
            _folder.StaleSocket("s");
            using Barrier barrier = new(4);
            TransportListener?[] listeners = await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(_ =>
                        Task.Run(
                            async () =>
                            {
                                barrier.SignalAndWait(Guard);
                                return await TryBindAsync();
                            },
                            Guard
                        )
                    )
            );
            TransportListener winner = listeners.Where(listener => listener is not null).ShouldHaveSingleItem()!;
            (await AcceptOneAsync(winner)).Abort();
            winner.Close();
        }

        async Task<TransportListener?> TryBindAsync()
        {
            try
            {
                return await BindAsync(_address);
            }
            catch (ConnectionException error)
            {
                error.Kind.ShouldBe(ConnectionErrorKind.AddressInUse);
                return null;
            }
        }
    }

    [Clause("C-UNIX-05")]
    [Fact]
    public async Task The_socket_file_is_removed_by_the_close()
    {
        TransportListener listener = await BindAsync(_address);
        File.Exists(_path).ShouldBeTrue();
        listener.Close();
        File.Exists(_path).ShouldBeFalse();
    }

    [Clause("C-UNIX-05")]
    [Fact]
    public async Task The_socket_file_is_kept_if_told_so()
    {
        TransportListener listener = await BindAsync(_address, new ServerOptions { RemoveSocketFile = false });
        (await AcceptOneAsync(listener)).Close();
        listener.Close();
        File.Exists(_path).ShouldBeTrue();
        (await BindAsync(_address)).Close();
    }

    [Clause("C-UNIX-05")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_took_its_place_is_left_alone(bool isServer)
    {
        TransportListener first = await BindAsync(_address);
        File.Delete(_path);
        TransportListener? second = isServer ? await BindAsync(_address) : null;
        await (isServer ? Task.CompletedTask : File.WriteAllTextAsync(_path, "precious", Guard));
        first.Close();
        File.Exists(_path).ShouldBeTrue();
        second?.Close();
    }

    [Clause("C-UNIX-05")]
    [Fact]
    public async Task A_file_that_is_gone_already_is_no_error()
    {
        TransportListener listener = await BindAsync(_address);
        File.Delete(_path);
        listener.Close();
    }

    [Clause("C-UNIX-06")]
    [Fact]
    public async Task An_abstract_name_has_no_file_and_is_free_after_the_close()
    {
        UnixDomainSocketEndPoint name = new($"\0{Guid.NewGuid():N}");
        for (int round = 0; round < 2; round++)
        {
            TransportListener listener = await BindAsync(name);
            ConnectionException error = await BindAsync(name).ShouldFailAsync(ConnectionErrorKind.AddressInUse);
            error.Message.ShouldStartWith($"error while attempting to bind on address {name}: ");
            (await AcceptOneAsync(listener)).Abort();
            listener.Close();
        }
    }

    [Fact]
    public async Task A_path_that_begins_like_a_printed_abstract_name_is_a_path()
    {
        string here = Directory.GetCurrentDirectory();
        UnixDomainSocketEndPoint relative = new($"@{Guid.NewGuid():N}");
        TransportListener listener = await BindAsync(relative);
        File.Exists(Path.Combine(here, relative.ToString())).ShouldBeTrue();
        listener.Close();
        File.Exists(Path.Combine(here, relative.ToString())).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error_that_says_so()
    {
        ConnectionException error = await BindAsync(_folder.EndPointOf("none/s"))
            .ShouldFailAsync(ConnectionErrorKind.AddressNotAvailable);
        error.Message.ShouldEndWith(": its folder does not exist: make it first");
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_an_error_that_says_so()
    {
        await File.WriteAllTextAsync(_path, "", Guard);
        ConnectionException error = await BindAsync(_folder.EndPointOf("s/s"))
            .ShouldFailAsync(ConnectionErrorKind.AddressNotAvailable);
        error.Message.ShouldContain("a part of the path is no folder");
    }

    [Fact]
    public async Task Servers_cannot_share_a_path()
    {
        ArgumentException error = await BindAsync(_address, new ServerOptions { ReusePort = true })
            .ShouldThrowAsync<ArgumentException>();
        error.Message.ShouldContain("ReusePort");
    }

    private async Task<TransportListener> BindAsync(UnixDomainSocketEndPoint local, ServerOptions? options = null) =>
        (await SocketNetwork.Default.BindAsync(local, options ?? ServerOptions.Default, Guard)).ShouldHaveSingleItem();

    private async Task<Transport> AcceptOneAsync(TransportListener listener)
    {
        TaskCompletionSource<Transport> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Start(transport => accepted.TrySetResult(transport), _ => { });
        using Socket client = Loopback.Connect(listener.LocalEndPoint);
        client.Send("hello"u8);
        Transport transport = await accepted.Task.WaitAsync(Guard);
        byte[] buffer = new byte[5];
        RecordingHandler handler = RecordingHandler.Attach(transport);
        TransportResult result = transport.Receive(buffer);
        result = result.Status == TransportStatus.Pending ? await handler.Receives.ReadAsync(Guard) : result;
        buffer[..result.Count].ShouldBe("hello"u8.ToArray()[..result.Count]);
        result.Count.ShouldBeGreaterThan(0);
        return transport;
    }
}
