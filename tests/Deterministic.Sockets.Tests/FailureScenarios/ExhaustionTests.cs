using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Soak.Measuring;

namespace Deterministic.Sockets.Tests;

/// <summary>A process that is out of descriptors. Clause C-SRV-09.</summary>
public sealed class ExhaustionTests : GuardedTest
{
    /// <summary>Enough for the runtime to start with, and for the work of the child.</summary>
    private const int Descriptors = 200;

    [Clause("C-SRV-09", "E-CONN-01")]
    [Fact]
    public async Task Out_of_descriptors_connecting_fails_accepting_pauses_and_nobody_else_notices()
    {
        using Child child = Child.StartLimited(Descriptors, "exhausted");
        string serving = await child.HearAsync("serving ", Guard);
        IPEndPoint address = IPEndPoint.Parse(serving["serving ".Length..]);
        await using Bystander bystander = await Bystander.ConnectAsync(address, Guard);

        child.Tell("fill");
        await child.HearAsync("done fill", Guard);
        child.Tell("connect");
        (await child.HearAsync("connect", Guard)).ShouldStartWith(
            $"connect {ConnectionErrorKind.ResourcesExhausted}: Connect call failed ({address}): "
        );
        await bystander.ShouldBeServedAsync();

        // In the kernel it is connected; the server can't take it.
        using Socket waiting = Loopback.Connect(address);
        (await child.HearAsync("accept", Guard)).ShouldStartWith(
            $"accept {ConnectionErrorKind.ResourcesExhausted}: Accepting failed on {address}: "
        );
        await bystander.ShouldBeServedAsync();

        child.Tell("free");
        await waiting.SendAsync("hello"u8.ToArray(), SocketFlags.None, Guard);
        (await waiting.ReceiveAsync(new byte[5], SocketFlags.None, Guard)).ShouldBeGreaterThan(0);
        await bystander.ShouldBeServedAsync();
    }
}
