using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Tests;

/// <summary>
/// Clause C-OPEN-09. A race is written as one word for each address: <c>+3</c> connects after three ticks, <c>-3</c> fails then, <c>~</c> does neither.
/// </summary>
public sealed class StaggeredRaceTests : IDisposable
{
    private readonly SynchronizationContext? _context = SynchronizationContext.Current;

    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_context);

    [Clause("C-OPEN-06", "C-OPEN-09")]
    [Theory]
    [InlineData("+3 +1", null, "0", 0, 3)] // One at a time: the first that answers is taken.
    [InlineData("-3 +1", null, "0 3", 1, 4)] // A failure starts the next,
    [InlineData("-0 -0 +0", null, "0 0 0", 2, 0)] // at once.
    [InlineData("~ +1", null, "0", null, null)] // Without a delay nothing else does.
    [InlineData("+3 +1", 10, "0", 0, 3)] // It answers before the delay has passed.
    [InlineData("~ +1", 10, "0 10", 1, 11)]
    [InlineData("+15 +1", 10, "0 10", 1, 11)] // The later one is faster.
    [InlineData("+12 +5", 10, "0 10", 0, 12)] // The earlier one still is.
    [InlineData("-4 +1", 10, "0 4", 1, 5)] // A failure does not wait for the delay,
    [InlineData("-4 ~ +1", 10, "0 4 14", 2, 15)] // which then counts from the later start.
    [InlineData("-12 ~ +1", 10, "0 10 20", 2, 21)] // The failure of an earlier one starts nothing.
    [InlineData("~ ~ +3", 0, "0 0 0", 2, 3)] // Zero is on, not off: all at once.
    [InlineData("-1 -2 -3", 10, "0 1 3", null, 6)]
    public void Attempts_start_and_win_as_the_rule_says(string script, int? delay, string starts, int? winner, int? end)
    {
        // The table says what the model must say, and the model what every race must do.
        RaceModel model = RaceModel.Of(script, delay);
        string.Join(' ', model.Starts).ShouldBe(starts);
        model.Winner.ShouldBe(winner);
        model.End.ShouldBe(end);
        ShouldGoAsModelled(script, delay);
    }

    [Clause("C-OPEN-09")]
    [Fact]
    public void Every_race_goes_as_the_rule_says()
    {
        const int Races = 5_000;
        Random random = new(1);
        for (int i = 0; i < Races; i++)
        {
            string script = string.Join(' ', Enumerable.Range(0, random.Next(2, 7)).Select(_ => RandomAttempt(random)));
            int? delay = random.Next(4) == 0 ? null : random.Next(0, 15);
            if (!RaceModel.Of(script, delay).HasTie)
            {
                ShouldGoAsModelled(script, delay);
            }
        }
    }

    [Clause("C-OPEN-09")]
    [Fact]
    public void A_loser_that_connects_all_the_same_is_closed()
    {
        RaceScript race = new("~ ~ +1", delay: 2)
        {
            OnCancelled = static (answer, number, _) => answer.TrySetResult(number),
        };
        race.Play();
        race.Race.Now().ShouldBe(2);
        race.Discarded.ShouldBe([0, 1]);
    }

    [Clause("C-OPEN-09")]
    [Fact]
    public void The_race_is_not_over_before_its_losers_are()
    {
        TaskCompletionSource<int>? late = null;
        RaceScript race = new("~ +1", delay: 2) { OnCancelled = (answer, _, _) => late = answer };
        race.Play().ShouldBeNull("the loser has not ended");
        late!.SetResult(0);
        race.Race.Now().ShouldBe(1);
        race.Discarded.ShouldBe([0]);
    }

    [Clause("C-OPEN-12")]
    [Theory]
    [InlineData("~ ~ ~ +1", 10, 20, "0 5 10 15", 3, 16)] // A quarter of what is left, each.
    [InlineData("~ ~ ~ +1", 2, 20, "0 2 4 6", 3, 7)] // The delay is less than that.
    [InlineData("~ ~ ~ +1", 0, 20, "0 0 0 0", 3, 1)]
    [InlineData("~ ~ ~ +1", null, 20, "0 5 10 15", 3, 16)] // One at a time: each is given up first.
    [InlineData("-4 ~ +1", null, 20, "0 4 12", 2, 13)] // What one leaves over, the others have.
    [InlineData("+3 ~", null, 20, "0", 0, 3)]
    [InlineData("~ -1 -1", null, 30, "0 10 11", null, 12)]
    [InlineData("~ +1", 100, 1, "0 0", 1, 1)] // Less than a tick for each.
    [InlineData("+3", null, 20, "0", 0, 3)] // One address alone.
    public void Where_time_is_short_the_addresses_share_it(
        string script,
        int? delay,
        int budget,
        string starts,
        int? winner,
        int end
    )
    {
        RaceScript race = new(script, delay, budget: budget);
        race.Play().ShouldBe(end);
        string.Join(' ', race.Starts).ShouldBe(starts);
        if (winner is { } number)
        {
            race.Race.Now().ShouldBe(number);
        }
        else
        {
            race.Race.Error<ConnectionException>().Message.ShouldContain("no answer after 0 s");
        }

        race.TimersLeft.ShouldBe(0);
        race.Discarded.ShouldBeEmpty();
    }

    [Clause("C-OPEN-09", "C-OPEN-12")]
    [Fact]
    public void An_address_that_answers_while_it_is_given_up_wins()
    {
        RaceScript race = new("~ +1", delay: null, budget: 10)
        {
            OnCancelled = static (answer, number, _) => answer.TrySetResult(number),
        };
        race.Play().ShouldBe(5);
        race.Race.Now().ShouldBe(0);
        race.Starts.ShouldBe([0]);
    }

    [Clause("C-OPEN-09", "C-OPEN-12")]
    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void A_cancellation_gives_every_attempt_up(int? delay)
    {
        using CancellationTokenSource source = new();
        RaceScript race = new("~ ~ ~ +100", delay, cancellationToken: source.Token);
        race.Tick();
        race.Tick();
        race.Tick();
        source.Cancel();
        race.Race.ShouldBeCancelledBy(source.Token);
        race.Cancelled.ShouldBe(race.Starts.Select((_, i) => i), ignoreOrder: true);
        race.TimersLeft.ShouldBe(0);
    }

    [Clause("C-OPEN-07")]
    [Fact]
    public void When_nobody_answers_the_errors_come_in_the_order_of_the_addresses()
    {
        RaceScript race = new("-9 -1 -2", delay: 1);
        race.Play();
        ConnectionException error = race.Race.Error<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.Refused);
        error.Message.ShouldBe("Multiple exceptions: 0 refused, 1 refused, 2 refused");
        error.InnerException.ShouldBeOfType<AggregateException>().InnerExceptions.Count.ShouldBe(3);
    }

    [Fact]
    public void What_is_no_failure_to_connect_ends_the_race()
    {
        List<int> tried = [];
        Task<int> race = HappyEyeballs
            .ConnectAsync<int, int>(
                [0, 1],
                RaceScript.Options(null),
                (number, _) =>
                {
                    tried.Add(number);
                    throw new InvalidOperationException("a mistake");
                },
                _ => { },
                TimeProvider.System,
                default
            )
            .AsTask();
        race.Error<InvalidOperationException>().Message.ShouldBe("a mistake");
        tried.ShouldBe([0]);
    }

    [Fact]
    public void A_delay_longer_than_a_timer_can_wait_is_no_mistake() =>
        HappyEyeballs
            .ConnectAsync(
                [0, 1],
                new ClientOptions { HappyEyeballsDelay = TimeSpan.MaxValue },
                (number, _) => number == 0 ? throw RaceScript.FailureOf(0) : new ValueTask<int>(number),
                _ => { },
                TimeProvider.System,
                default
            )
            .AsTask()
            .Now()
            .ShouldBe(1);

    [Fact]
    public void There_must_be_an_address() =>
        Should
            .Throw<ArgumentException>(() =>
                HappyEyeballs
                    .ConnectAsync<int, int>(
                        [],
                        ClientOptions.Default,
                        (_, _) => default,
                        _ => { },
                        TimeProvider.System,
                        default
                    )
                    .AsTask()
            )
            .ParamName.ShouldBe("addresses");

    private static string RandomAttempt(Random random) =>
        random.Next(4) is 0 ? "~" : $"{"+--"[random.Next(3)]}{random.Next(1, 30)}";

    private static void ShouldGoAsModelled(string script, int? delay)
    {
        string name = $"{script} with a delay of {delay}";
        RaceModel model = RaceModel.Of(script, delay);
        RaceScript race = new(script, delay);
        int? end = race.Play();
        end.ShouldBe(model.End, name);
        race.Starts.ShouldBe(model.Starts, name);
        race.Discarded.ShouldBeEmpty(name);
        if (model.Winner is { } winner)
        {
            race.Race.Now().ShouldBe(winner, name);
        }
        else if (end is not null)
        {
            race.Race.Error<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.Refused, name);
        }

        if (end is not null)
        {
            race.TimersLeft.ShouldBe(0, name);
        }
    }
}
