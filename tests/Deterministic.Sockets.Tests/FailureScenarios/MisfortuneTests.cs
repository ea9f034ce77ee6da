using System.Net;
using System.Net.Sockets;
using System.Text;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>Bad luck of every kind: a clear error for the one, and nothing for the others.</summary>
public sealed class MisfortuneTests : GuardedTest, IAsyncLifetime
{
    private StreamServer _echo = null!;
    private Bystander _bystander = null!;

    public async Task InitializeAsync()
    {
        _echo = await EchoServer.StartAsync(Guard);
        _bystander = await Bystander.ConnectAsync(_echo.Address(), Guard);
    }

    public async Task DisposeAsync()
    {
        // Whatever happened in the test, it happened to others.
        await _bystander.ShouldBeServedAsync();
        await _bystander.DisposeAsync();
        await _echo.DisposeAsync();
    }

    [Clause("C-SRV-04")]
    [Fact]
    public async Task A_port_that_is_taken_says_which()
    {
        IPEndPoint taken = (IPEndPoint)_echo.Address();
        ConnectionException error = await SocketNetwork
            .Default.StartServerAsync((_, _) => Task.CompletedTask, "127.0.0.1", taken.Port, null, Guard)
            .AsTask()
            .ShouldFailAsync(ConnectionErrorKind.AddressInUse);
        error.Message.ShouldBe(
            $"error while attempting to bind on address {taken}: {Text(SocketError.AddressAlreadyInUse)}"
        );
    }

    [Clause("C-OPEN-07")]
    [Fact]
    public async Task A_name_that_is_not_resolved_says_which()
    {
        string name = $"{new string('x', 63)}.invalid";
        ConnectionException error = await SocketNetwork
            .Default.OpenConnectionAsync(name, 7, null, Guard)
            .AsTask()
            .ShouldFailAsync(ConnectionErrorKind.NameNotResolved);
        error.Message.ShouldStartWith($"The name '{name}' could not be resolved: ");
        error.InnerException.ShouldNotBeNull();
    }

    [Clause("C-OPEN-07", "E-CONN-01")]
    [Fact]
    public async Task An_address_without_a_route_is_unreachable()
    {
        // No stream goes to everybody at once.
        IPEndPoint everybody = new(IPAddress.Broadcast, 7);
        ConnectionException error = await SocketNetwork
            .Default.OpenConnectionAsync(everybody, null, Guard)
            .AsTask()
            .ShouldFailAsync(ConnectionErrorKind.Unreachable);
        error.Message.ShouldBe($"Connect call failed (255.255.255.255:7): {Text(SocketError.NetworkUnreachable)}");
    }

    [Clause("E-CONN-01")]
    [Fact]
    public async Task What_is_not_permitted_says_so()
    {
        if (!Directory.Exists("/sys"))
        {
            return;
        }

        // Nobody, not even root, makes files there.
        ConnectionException error = await SocketNetwork
            .Default.StartUnixServerAsync((_, _) => Task.CompletedTask, "/sys/s", null, Guard)
            .AsTask()
            .ShouldFailAsync(ConnectionErrorKind.AccessDenied);
        error.Message.ShouldBe($"error while attempting to bind on address /sys/s: {Text(SocketError.AccessDenied)}");
    }

    [Clause("C-OPEN-12")]
    [Fact]
    public async Task A_server_whose_backlog_is_full_times_out()
    {
        using SilentListener silent = new();
        ManualTime time = new();
        ClientOptions options = new() { ConnectTimeout = TimeSpan.FromSeconds(5) };
        Task<Connection> connecting = new SocketNetwork(time)
            .OpenConnectionAsync(silent.Address, options, Guard)
            .AsTask();
        connecting.IsCompleted.ShouldBeFalse();
        time.Ring();
        ConnectionException error = await connecting.ShouldFailAsync(ConnectionErrorKind.TimedOut);
        error.Message.ShouldStartWith(
            $"Connecting to {silent.Address} has not succeeded within 00:00:05: {silent.Address}: no answer after "
        );
    }

    [Clause("E-CONN-01")]
    [Fact]
    public async Task A_reset_in_mid_read_ends_that_read()
    {
        TaskCompletionSource<Task<byte[]>> reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = await ServeAsync(
            async (reader, _) =>
            {
                Task<byte[]> read = reader.ReadExactlyAsync(100, Guard).AsTask();
                reading.SetResult(read);
                await read;
            }
        );
        Socket client = Loopback.Connect(server.Address());
        client.Send("half of it"u8);
        Task<byte[]> read = await reading.Task.WaitAsync(Guard);
        client.Close(timeout: 0);
        ConnectionException error = await read.ShouldFailAsync(ConnectionErrorKind.Reset);
        error.Message.ShouldBe(Text(SocketError.ConnectionReset));
    }

    [Fact]
    public async Task A_peer_that_never_reads_stops_the_one_who_writes_to_it_at_the_watermark()
    {
        TaskCompletionSource<AsyncStreamWriter> stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = await ServeAsync(
            async (_, writer) =>
            {
                byte[] data = new byte[16 * 1024];
                while (!writer.IsPaused)
                {
                    writer.Write(data);
                    // Not drained only to see where it stops; whoever writes should.
                }

                Task draining = writer.DrainAsync(Guard).AsTask();
                draining.IsCompleted.ShouldBeFalse();
                stuck.SetResult(writer);
                await draining;
            }
        );
        using Socket client = Loopback.Connect(server.Address());
        AsyncStreamWriter writer = await stuck.Task.WaitAsync(Guard);
        writer.Buffered.ShouldBeInRange(WriteBufferLimits.DefaultHigh + 1, WriteBufferLimits.DefaultHigh + (16 * 1024));
        await _bystander.ShouldBeServedAsync();
        // Leaving the server aborts it: nobody hangs on a client like that.
    }

    [Fact]
    public async Task A_peer_that_sends_one_byte_at_a_time_is_served_like_any_other()
    {
        using Socket client = Loopback.Connect(_echo.Address());
        client.NoDelay = true;
        byte[] message = Encoding.UTF8.GetBytes("one at a time\n");
        byte[] reply = new byte[1];
        foreach (byte one in message)
        {
            client.Send([one]);
            (await client.ReceiveAsync(reply, SocketFlags.None, Guard)).ShouldBe(1);
            reply[0].ShouldBe(one);
            await _bystander.ShouldBeServedAsync();
        }
    }

    [Fact]
    public async Task A_line_without_an_end_is_an_error_at_the_limit_and_takes_no_more_memory()
    {
        const int Limit = 1024;
        TaskCompletionSource<(LimitOverrunException Error, int Buffered)> overrun = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            async (reader, _) =>
            {
                try
                {
                    await reader.ReadLineAsync(Guard);
                }
                catch (LimitOverrunException error)
                {
                    overrun.SetResult((error, reader.TakeBuffered().Length));
                    throw;
                }
            },
            "127.0.0.1",
            0,
            new ServerOptions { Limit = Limit },
            Guard
        );
        using Socket client = Loopback.Connect(server.Address());
        client.Blocking = false;
        while (!overrun.Task.IsCompleted)
        {
            Guard.ThrowIfCancellationRequested();
            client.Send(new byte[500], SocketFlags.None, out _);
            await Task.Yield();
        }

        (LimitOverrunException error, int buffered) = await overrun.Task;
        error.Message.ShouldContain("limit");
        error.Consumed.ShouldBeGreaterThan(Limit);
        buffered.ShouldBeLessThan(64 * 1024);
    }

    private static string Text(SocketError error) => new SocketException((int)error).Message;

    private ValueTask<StreamServer> ServeAsync(Func<AsyncStreamReader, AsyncStreamWriter, Task> handler) =>
        SocketNetwork.Default.StartServerAsync(handler, "127.0.0.1", cancellationToken: Guard);
}
