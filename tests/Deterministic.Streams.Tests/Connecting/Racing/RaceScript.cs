using System.Globalization;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Racing;

namespace Deterministic.Streams.Tests;

/// <summary>Plays a race on a clock of its own, and notes who started when, who was cancelled, and what was discarded.</summary>
internal sealed class RaceScript
{
    /// <summary>Longer than any script: what has not ended by then waits for ever.</summary>
    public const int LastTick = 200;

    private readonly ConnectClock _clock = new();
    private readonly AttemptScript[] _attempts;
    private int _now;

    public RaceScript(string script, int? delay, int? budget = null, CancellationToken cancellationToken = default)
    {
        _attempts = [.. script.Split(' ').Select(AttemptScript.Parse)];
        // Without a context, as drivers run: what an attempt completes continues on its stack.
        SynchronizationContext.SetSynchronizationContext(null);
        Race = HappyEyeballs
            .ConnectAsync(
                Enumerable.Range(0, _attempts.Length).ToArray(),
                Options(delay) with
                {
                    Budget = budget is { } limit ? new ConnectBudget(TimeSpan.FromTicks(limit), _clock) : null,
                },
                TryAsync,
                Discarded.Add,
                _clock,
                cancellationToken
            )
            .AsTask();
    }

    /// <summary>Yields the number of the winner.</summary>
    public Task<int> Race { get; }

    /// <summary>When each started.</summary>
    public List<int> Starts { get; } = [];

    public List<int> Cancelled { get; } = [];

    public List<int> Discarded { get; } = [];

    public int TimersLeft => _clock.Left;

    /// <summary>What a cancelled attempt does: by default it ends as cancelled; a stubborn one connects all the same.</summary>
    public Action<TaskCompletionSource<int>, int, CancellationToken> OnCancelled { get; init; } =
        static (answer, _, token) => answer.TrySetCanceled(token);

    /// <summary>When it was over, or null if it never is.</summary>
    public int? Play()
    {
        while (!Race.IsCompleted && _now < LastTick)
        {
            Tick();
        }

        return Race.IsCompleted ? _now : null;
    }

    public void Tick()
    {
        _now++;
        _clock.Advance(TimeSpan.FromTicks(1));
    }

    public static ConnectionException FailureOf(int number) =>
        new(ConnectionErrorKind.Refused, string.Create(CultureInfo.InvariantCulture, $"{number} refused"));

    public static ClientOptions Options(int? delay) =>
        new() { HappyEyeballsDelay = delay is { } ticks ? TimeSpan.FromTicks(ticks) : null };

    private async ValueTask<int> TryAsync(int number, CancellationToken cancellationToken)
    {
        Starts.Add(_now);
        TaskCompletionSource<int> answer = new();
        AttemptScript script = _attempts[number];
        using ITimer? timer = script.After is 0 or int.MaxValue
            ? null
            : _clock.CreateTimer(_ => Answer(), null, TimeSpan.FromTicks(script.After), Timeout.InfiniteTimeSpan);
        if (script.After == 0)
        {
            Answer();
        }

        await using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                Cancelled.Add(number);
                OnCancelled(answer, number, token);
            },
            null
        );
        return await answer.Task;

        void Answer()
        {
            if (script.Kind == '+')
            {
                answer.TrySetResult(number);
            }
            else
            {
                answer.TrySetException(FailureOf(number));
            }
        }
    }
}
