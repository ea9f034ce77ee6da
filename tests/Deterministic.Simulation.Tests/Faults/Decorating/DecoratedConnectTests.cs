using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of connecting on a decorated network.</summary>
public sealed class DecoratedConnectTests
{
    private static readonly TimeSpan Patience = TcpOptions.Default.ConnectTimeout;

    [Theory]
    [InlineData("refused", ConnectionErrorKind.Refused)]
    [InlineData("unreachable", ConnectionErrorKind.Unreachable)]
    [InlineData("port-exhaustion", ConnectionErrorKind.AddressNotAvailable)]
    [ShowsDecoratedFault(FaultKind.Refused)]
    [ShowsDecoratedFault(FaultKind.Unreachable)]
    [ShowsDecoratedFault(FaultKind.PortExhaustion)]
    public void An_attempt_fails_at_once_and_never_gets_through_and_the_next_one_does(
        string fault,
        ConnectionErrorKind kind
    )
    {
        SimulatedWorld world = Connect(FaultRule.Parse(fault).Nth(1), out Attempt[] attempts, 2);
        attempts[0].ShouldBe(new Attempt(kind, TimeSpan.Zero));
        attempts[1].Error.ShouldBeNull();
        attempts[1].Took.ShouldBeLessThan(Soon);
        world.Trace.Events.Count(happened => happened.Kind == TraceKind.Connecting).ShouldBe(1);
    }

    [Fact]
    [ShowsDecoratedFault(FaultKind.Hang)]
    public void A_hanging_attempt_times_out_as_with_a_kernel()
    {
        Connect(Fault.Hang().AtMost(1), out Attempt[] attempts, 2);
        attempts[0].ShouldBe(new Attempt(ConnectionErrorKind.TimedOut, Patience));
        attempts[1].Error.ShouldBeNull();
    }

    [Fact]
    public void A_hanging_attempt_can_be_given_up()
    {
        Decorated.Alone(
            async (world, faulty) =>
            {
                using CancellationTokenSource source = new(Seconds(3), world.TimeProvider);
                Task connecting = faulty.OpenConnectionAsync("server", 80, cancellationToken: source.Token).AsTask();
                await Talk.FailureOfAsync<OperationCanceledException>(connecting);
                world.Scheduler.Now.ShouldBe(Seconds(3));
            },
            Fault.Hang()
        );
    }

    [Fact]
    [ShowsDecoratedFault(FaultKind.ConnectDelay)]
    public void A_delayed_attempt_is_answered_later_or_not_at_all()
    {
        Connect(Fault.ConnectDelay(Seconds(20), Seconds(30)), out Attempt[] delayed);
        delayed[0].Error.ShouldBeNull();
        delayed[0].Took.ShouldBeInRange(Seconds(20), Seconds(30) + Soon);

        Connect(Fault.ConnectDelay(Seconds(500)), out Attempt[] late);
        late[0].ShouldBe(new Attempt(ConnectionErrorKind.TimedOut, Patience));
    }

    [Fact]
    public void A_handshake_takes_the_latency_of_both_directions()
    {
        Connect(Fault.Latency(LatencyDistribution.Constant(Seconds(1))), out Attempt[] attempts);
        attempts[0].Took.ShouldBeInRange(Seconds(2), Seconds(2) + Soon);
    }

    [Fact]
    public void A_partition_is_waited_for_and_not_for_ever()
    {
        Connect(Fault.Partition(Seconds(30)).Between("client", "server"), out Attempt[] healed);
        healed[0].Error.ShouldBeNull();
        healed[0].Took.ShouldBeInRange(Seconds(30), Seconds(30) + Soon);

        Connect(Fault.Partition(Seconds(900)), out Attempt[] cut);
        cut[0].ShouldBe(new Attempt(ConnectionErrorKind.TimedOut, Patience));
    }

    [Fact]
    public void Rules_for_another_host_or_direction_leave_it_alone()
    {
        foreach (FaultRule rule in new[] { Fault.Refused().On("server", "client"), Fault.Hang().At("other") })
        {
            Connect(rule, out Attempt[] attempts);
            attempts[0].Error.ShouldBeNull();
        }
    }

    private static SimulatedWorld Connect(FaultRule rule, out Attempt[] attempts, int count = 1)
    {
        List<Attempt> made = [];
        SimulatedWorld world = Decorated.Alone(
            async (world, faulty) =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync((_, _) => Task.CompletedTask, port: 80);
                for (int number = 0; number < count; number++)
                {
                    TimeSpan start = world.Scheduler.Now;
                    ConnectionErrorKind? error = null;
                    try
                    {
                        await using Connection connection = await faulty.OpenConnectionAsync("server", 80);
                    }
                    catch (ConnectionException failure)
                    {
                        error = failure.Kind;
                    }

                    made.Add(new Attempt(error, world.Scheduler.Now - start));
                }
            },
            rule
        );
        attempts = [.. made];
        return world;
    }

    private sealed record Attempt(ConnectionErrorKind? Error, TimeSpan Took);
}
