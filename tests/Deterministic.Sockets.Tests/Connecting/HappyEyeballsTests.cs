using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Connecting;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>The race of clause C-OPEN-09 over real sockets; its rules are tested in the streams.</summary>
public sealed class HappyEyeballsTests : GuardedTest, IDisposable
{
    private static readonly ClientOptions Racing = new() { HappyEyeballsDelay = TimeSpan.FromMilliseconds(250) };

    private readonly ManualTime _time = new();
    private readonly SilentListener _silent = new();

    public new void Dispose()
    {
        _silent.Dispose();
        base.Dispose();
    }

    [Clause("C-OPEN-09")]
    [Fact]
    public async Task An_address_that_does_not_answer_costs_only_the_delay()
    {
        using Socket listener = Loopback.Listen();
        Task<Socket> connecting = RunAsync(_silent.Address, (IPEndPoint)listener.LocalEndPoint!);
        _time.Due.ShouldHaveSingleItem().ShouldBe(TimeSpan.FromMilliseconds(250));
        listener.Poll(0, SelectMode.SelectRead).ShouldBeFalse();

        _time.Ring();
        using Socket socket = await connecting;
        socket.RemoteEndPoint.ShouldBe(listener.LocalEndPoint);
    }

    [Clause("C-OPEN-09")]
    [Fact]
    public async Task An_address_that_refuses_costs_nothing()
    {
        using Socket holder = Loopback.HoldRefusingPort();
        using Socket listener = Loopback.Listen();
        using Socket socket = await RunAsync((IPEndPoint)holder.LocalEndPoint!, (IPEndPoint)listener.LocalEndPoint!);
        socket.RemoteEndPoint.ShouldBe(listener.LocalEndPoint);
    }

    [Clause("C-OPEN-09", "C-OPEN-12")]
    [Fact]
    public async Task A_cancellation_closes_every_attempt()
    {
        using SilentListener other = new();
        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(Guard);
        Task<Socket> connecting = TcpConnect
            .RunAsync([_silent.Address, other.Address], Racing, _time, cancellation.Token)
            .AsTask();
        _time.Ring();
        await cancellation.CancelAsync();
        OperationCanceledException error = await connecting.ShouldThrowAsync<OperationCanceledException>();
        error.CancellationToken.ShouldBe(cancellation.Token);
        _time.Due.ShouldBeEmpty();
    }

    private Task<Socket> RunAsync(params IPEndPoint[] addresses) =>
        TcpConnect.RunAsync(addresses, Racing, _time, Guard).AsTask();
}
