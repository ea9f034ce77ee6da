using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Deterministic.Sockets.Serving;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Tests;

/// <summary>Accepting, paused and resumed: what a bound on the number of connections stands on.</summary>
public sealed class PauseTests : GuardedTest
{
    private readonly Channel<Transport> _accepted = Channel.CreateUnbounded<Transport>();

    [Fact]
    public async Task Paused_from_within_the_accept_it_delivers_no_more_until_it_is_resumed()
    {
        TransportListener listener = await BindAsync();
        using Socket first = Loopback.Connect(listener.LocalEndPoint);
        using Socket second = Loopback.Connect(listener.LocalEndPoint);
        using Socket third = Loopback.Connect(listener.LocalEndPoint);
        listener.Start(
            transport =>
            {
                listener.PauseAccepting();
                _accepted.Writer.TryWrite(transport);
            },
            _ => { }
        );
        foreach (Socket client in new[] { first, second, third })
        {
            (await _accepted.Reader.ReadAsync(Guard)).RemoteEndPoint.ShouldBe(client.LocalEndPoint);
            _accepted.Reader.Count.ShouldBe(0);
            listener.ResumeAccepting();
        }

        listener.Close();
    }

    [Fact]
    public async Task One_that_comes_while_an_accept_was_in_flight_is_kept_and_delivered_first()
    {
        (TransportListener listener, AcceptLoop loop) = await StartAsync();
        await UntilInFlightAsync(loop);
        listener.PauseAccepting();
        using Socket first = Loopback.Connect(listener.LocalEndPoint);
        await UntilIdleAsync(loop);
        using Socket second = Loopback.Connect(listener.LocalEndPoint);
        _accepted.Reader.Count.ShouldBe(0);

        listener.ResumeAccepting();
        (await _accepted.Reader.ReadAsync(Guard)).RemoteEndPoint.ShouldBe(first.LocalEndPoint);
        (await _accepted.Reader.ReadAsync(Guard)).RemoteEndPoint.ShouldBe(second.LocalEndPoint);
        listener.Close();
    }

    [Fact]
    public async Task A_pause_that_ends_before_anybody_comes_changes_nothing()
    {
        (TransportListener listener, AcceptLoop loop) = await StartAsync();
        await UntilInFlightAsync(loop);
        listener.PauseAccepting();
        listener.PauseAccepting();
        listener.ResumeAccepting();
        listener.ResumeAccepting();
        using Socket client = Loopback.Connect(listener.LocalEndPoint);
        (await _accepted.Reader.ReadAsync(Guard)).RemoteEndPoint.ShouldBe(client.LocalEndPoint);
        listener.Close();
    }

    [Fact]
    public async Task Paused_before_it_starts_it_accepts_nobody()
    {
        TransportListener listener = await BindAsync();
        using Socket client = Loopback.Connect(listener.LocalEndPoint);
        listener.PauseAccepting();
        listener.Start(transport => _accepted.Writer.TryWrite(transport), _ => { });
        await Task.Yield();
        _accepted.Reader.Count.ShouldBe(0);
        listener.ResumeAccepting();
        (await _accepted.Reader.ReadAsync(Guard)).RemoteEndPoint.ShouldBe(client.LocalEndPoint);
        listener.Close();
    }

    [Clause("S-CLOSE-01")]
    [Fact]
    public async Task Closed_while_paused_it_resets_those_who_wait()
    {
        (TransportListener listener, AcceptLoop loop) = await StartAsync();
        await UntilInFlightAsync(loop);
        listener.PauseAccepting();
        using Socket parked = Loopback.Connect(listener.LocalEndPoint);
        await UntilIdleAsync(loop);
        using Socket queued = Loopback.Connect(listener.LocalEndPoint);
        listener.Close();
        listener.ResumeAccepting();
        foreach (Socket client in new[] { parked, queued })
        {
            SocketException error = await client
                .ReceiveAsync(new byte[1], SocketFlags.None, Guard)
                .AsTask()
                .ShouldThrowAsync<SocketException>();
            error.SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        }

        _accepted.Reader.Count.ShouldBe(0);
    }

    [Fact]
    public async Task However_it_is_paused_and_resumed_everybody_is_delivered_exactly_once()
    {
        const int Clients = 100;
        const int Pauses = 5;
        (TransportListener listener, _) = await StartAsync();
        HashSet<EndPoint> connected = [];
        HashSet<EndPoint> delivered = [];
        List<Socket> clients = [];
        for (int i = 0; i < Clients; i++)
        {
            Task meddling = Task.Run(Meddle, Guard);
            Socket client = Loopback.Connect(listener.LocalEndPoint);
            clients.Add(client);
            connected.Add(client.LocalEndPoint!);
            await meddling;
            Transport transport = await _accepted.Reader.ReadAsync(Guard);
            delivered.Add(transport.RemoteEndPoint!).ShouldBeTrue();
            transport.Close();
        }

        _accepted.Reader.Count.ShouldBe(0);
        delivered.ShouldBe(connected, ignoreOrder: true);
        clients.ForEach(client => client.Dispose());
        listener.Close();

        // Ends, and leaves it resumed: one that goes on can pause again and again before the loop, which needs a thread for that, gets anywhere.
        void Meddle()
        {
            for (int i = 0; i < Pauses; i++)
            {
                listener.PauseAccepting();
                Thread.Yield();
                listener.ResumeAccepting();
                Thread.Yield();
            }
        }
    }

    private static async Task<SocketListener> BindAsync() =>
        (await SocketNetwork.Default.BindAsync(Loopback.AnyPort, ServerOptions.Default, default))
            .ShouldHaveSingleItem()
            .ShouldBeOfType<SocketListener>();

    private async Task<(TransportListener Listener, AcceptLoop Loop)> StartAsync()
    {
        SocketListener listener = await BindAsync();
        listener.Start(transport => _accepted.Writer.TryWrite(transport), _ => { });
        return (listener, listener.Loop!);
    }

    private Task UntilInFlightAsync(AcceptLoop loop) => UntilAsync(() => !loop.IsIdle);

    private Task UntilIdleAsync(AcceptLoop loop) => UntilAsync(() => loop.IsIdle);

    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Guard.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
