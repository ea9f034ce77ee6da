using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

public sealed class ConnectTimeoutTests
{
    private static readonly EndPoint Remote = new DnsEndPoint("far.example", 80);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>In ticks.</summary>
    private const long LongestTimer = (uint.MaxValue - 1) * TimeSpan.TicksPerMillisecond;

    /// <summary>The least that time can pass by.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly ConnectClock _clock = new();
    private readonly WaitingNetwork _network;

    public ConnectTimeoutTests() => _network = new WaitingNetwork(_clock);

    [Clause("C-OPEN-12")]
    [Fact]
    public void An_attempt_that_takes_longer_than_the_time_out_is_given_up_as_timed_out()
    {
        Task<Connection> connecting = Connect(Limit);
        _clock.Advance(Limit - Tick);
        connecting.ShouldWait();

        _clock.Advance(Tick);
        ConnectionException error = connecting.Error<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        error.Message.ShouldContain("far.example");
        error.Message.ShouldContain("00:00:05");
        error.InnerException.ShouldBeAssignableTo<OperationCanceledException>();
        _network.Token.IsCancellationRequested.ShouldBeTrue("the driver's attempt is given up");
        _clock.Left.ShouldBe(0);
    }

    [Clause("C-OPEN-12")]
    [Fact]
    public void The_callers_cancellation_keeps_the_callers_token()
    {
        using CancellationTokenSource source = new();
        Task<Connection> connecting = Connect(Limit, source.Token);
        source.Cancel();
        connecting.ShouldBeCancelledBy(source.Token);
        _clock.Left.ShouldBe(0);
    }

    [Fact]
    public void The_callers_cancellation_counts_more_than_a_time_out_at_the_same_time()
    {
        using CancellationTokenSource source = new();
        StubbornNetwork network = new(_clock);
        ClientOptions options = new() { ConnectTimeout = Limit };
        Task<Connection> connecting = Connect(network, options, source.Token);
        _clock.Advance(Limit);
        source.Cancel();
        network.GiveUp();
        connecting.ShouldBeCancelledBy(source.Token);
    }

    [Fact]
    public void A_token_that_is_cancelled_already_begins_no_attempt_that_lasts()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Connect(Limit, source.Token).ShouldBeCancelledBy(source.Token);
        _clock.Left.ShouldBe(0);
    }

    [Fact]
    public void A_connection_that_is_made_in_time_is_not_touched_by_the_time_out()
    {
        Task<Connection> connecting = Connect(Limit);
        _clock.Advance(Limit - Tick);
        _network.Answer();
        Connection connection = connecting.Now();
        _clock.Left.ShouldBe(0);

        _clock.Advance(Limit);
        connection.Writer.IsClosing.ShouldBeFalse();
        Task<byte[]> read = connection.Reader.ReadAsync(1).AsTask();
        read.ShouldWait();
    }

    [Fact]
    public void An_attempt_that_fails_by_itself_says_why_and_leaves_no_timer()
    {
        ConnectionException refused = new(ConnectionErrorKind.Refused, "nobody there");
        Task<Connection> connecting = Connect(Limit);
        _network.Refuse(refused);
        connecting.Error<ConnectionException>().ShouldBeSameAs(refused);
        _clock.Left.ShouldBe(0);
    }

    [Fact]
    public void A_driver_that_gives_up_for_a_reason_of_its_own_is_not_taken_for_the_time_out()
    {
        OperationCanceledException own = new("shutting down");
        Task<Connection> connecting = Connect(Limit);
        _network.Refuse(own);
        connecting.Error<OperationCanceledException>().ShouldBeSameAs(own);
        _clock.Left.ShouldBe(0);
    }

    [Clause("C-OPEN-12")]
    [Fact]
    public void Without_a_time_out_there_is_no_timer_and_the_token_is_the_callers()
    {
        using CancellationTokenSource source = new();
        Task<Connection> connecting = Connect(null, source.Token);
        _clock.Left.ShouldBe(0);
        _network.Token.ShouldBe(source.Token);
        _network.Answer();
        connecting.Now();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_time_out_that_is_over_before_it_begins_is_refused_where_it_is_set(long ticks) =>
        Should
            .Throw<ArgumentOutOfRangeException>(() => new ClientOptions { ConnectTimeout = TimeSpan.FromTicks(ticks) })
            .ActualValue.ShouldBe(TimeSpan.FromTicks(ticks));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(LongestTimer, LongestTimer)]
    [InlineData(LongestTimer + 1, LongestTimer)]
    [InlineData(long.MaxValue, LongestTimer)]
    public void Any_other_is_kept_as_far_as_a_timer_can_count(long ticks, long kept)
    {
        Task<Connection> connecting = Connect(TimeSpan.FromTicks(ticks));
        _clock.Advance(TimeSpan.FromTicks(kept) - Tick);
        connecting.ShouldWait();
        _clock.Advance(Tick);
        connecting.Error<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.TimedOut);
    }

    private Task<Connection> Connect(TimeSpan? timeout, CancellationToken token = default) =>
        Connect(_network, new ClientOptions { ConnectTimeout = timeout }, token);

    private static Task<Connection> Connect(INetwork network, ClientOptions options, CancellationToken token)
    {
        // Without xunit's own context everything here continues at once, on the stack of the test.
        SynchronizationContext.SetSynchronizationContext(null);
        return network.OpenConnectionAsync(Remote, options, token).AsTask();
    }

    /// <summary>A driver that takes its time to give up.</summary>
    private sealed class StubbornNetwork(ConnectClock clock) : INetwork
    {
        private readonly TaskCompletionSource _giveUp = new();

        public TimeProvider TimeProvider => clock;

        public void GiveUp() => _giveUp.SetResult();

        public async ValueTask<Transport> ConnectAsync(
            EndPoint remote,
            ClientOptions options,
            CancellationToken cancellationToken
        )
        {
            await _giveUp.Task;
            throw new OperationCanceledException(cancellationToken);
        }

        public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
            EndPoint local,
            ServerOptions options,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException("Nobody serves here.");
    }
}
