using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of connecting: which error a client gets, and when.</summary>
public sealed class ConnectFaultTests
{
    private static readonly TimeSpan Patience = TcpOptions.Default.ConnectTimeout;

    public static TheoryData<FaultKind, ConnectionErrorKind> FailAtOnce =>
        new()
        {
            { FaultKind.Refused, ConnectionErrorKind.Refused },
            { FaultKind.Unreachable, ConnectionErrorKind.Unreachable },
            { FaultKind.PortExhaustion, ConnectionErrorKind.AddressNotAvailable },
        };

    [Theory]
    [MemberData(nameof(FailAtOnce))]
    [ShowsFault(FaultKind.Refused)]
    [ShowsFault(FaultKind.Unreachable)]
    [ShowsFault(FaultKind.PortExhaustion)]
    public void An_attempt_fails_at_once_by_its_error_and_the_next_one_does_not(
        FaultKind kind,
        ConnectionErrorKind error
    )
    {
        SimulatedWorld world = Connect(
            By(FaultRule.Parse(FaultCatalog.Of(kind).Name).Nth(1)),
            out Attempt[] attempts,
            2
        );
        attempts[0].Error.ShouldBe(error);
        attempts[0].Took.ShouldBeLessThan(Soon);
        attempts[1].Error.ShouldBeNull();
        world.TimesOf(kind).Length.ShouldBe(1);
    }

    [Fact]
    [ShowsFault(FaultKind.Hang)]
    public void A_hanging_attempt_times_out_and_without_the_fault_it_is_answered_at_once()
    {
        Connect(By(Fault.Hang()), out Attempt[] hanging);
        hanging[0].Error.ShouldBe(ConnectionErrorKind.TimedOut);
        hanging[0].Took.ShouldBeInRange(Patience, Patience + Seconds(120));

        Connect(Calm, out Attempt[] calm);
        calm[0].Error.ShouldBeNull();
        calm[0].Took.ShouldBeLessThan(Soon);
    }

    [Fact]
    [ShowsFault(FaultKind.ConnectDelay)]
    public void A_delayed_attempt_is_answered_later_and_without_the_fault_at_once()
    {
        Connect(By(Fault.ConnectDelay(Seconds(20), Seconds(30))), out Attempt[] delayed);
        delayed[0].Error.ShouldBeNull();
        delayed[0].Took.ShouldBeInRange(Seconds(20), Seconds(31));

        Connect(Calm, out Attempt[] calm);
        calm[0].Took.ShouldBeLessThan(Soon);
    }

    [Fact]
    public void A_delay_longer_than_the_client_waits_is_a_time_out()
    {
        Connect(By(Fault.ConnectDelay(Seconds(500))), out Attempt[] attempts);
        attempts[0].Error.ShouldBe(ConnectionErrorKind.TimedOut);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 7)]
    [ShowsFault(FaultKind.BacklogOverflow)]
    public void Each_SYN_that_finds_the_backlog_full_costs_a_retransmission(int dropped, int seconds)
    {
        FaultProfile faults = dropped == 0 ? Calm : By(Fault.BacklogOverflow().AtMost(dropped));
        Connect(faults, out Attempt[] attempts);
        attempts[0].Error.ShouldBeNull();
        attempts[0].Took.ShouldBeInRange(Seconds(seconds), Seconds(seconds) + Soon);
    }

    [Fact]
    public void A_backlog_that_stays_full_times_a_client_out()
    {
        Connect(By(Fault.BacklogOverflow()), out Attempt[] attempts);
        attempts[0].Error.ShouldBe(ConnectionErrorKind.TimedOut);
        attempts[0].Took.ShouldBeGreaterThanOrEqualTo(Patience);
    }

    private static SimulatedWorld Connect(FaultProfile faults, out Attempt[] attempts, int count = 1)
    {
        List<Attempt> made = [];
        SimulatedWorld ended = Talk.Alone(
            async world =>
            {
                await world.Host("server").StartServerAsync(_ => Task.CompletedTask, port: 80);
                for (int i = 0; i < count; i++)
                {
                    TimeSpan start = world.Scheduler.Now;
                    ConnectionErrorKind? error = await TryAsync(world);
                    made.Add(new Attempt(error, world.Scheduler.Now - start));
                }
            },
            faults
        );
        attempts = [.. made];
        return ended;
    }

    private static async Task<ConnectionErrorKind?> TryAsync(SimulatedWorld world)
    {
        try
        {
            (await world.Host("client").OpenConnectionAsync("server", 80)).Abort();
            return null;
        }
        catch (ConnectionException error)
        {
            return error.Kind;
        }
    }

    private sealed record Attempt(ConnectionErrorKind? Error, TimeSpan Took);
}
