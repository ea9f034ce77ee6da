using Deterministic.Exploration;
using Deterministic.Simulation.Scheduling;
using Deterministic.Simulation.Waiting;

namespace Deterministic.Simulation.Tests;

/// <summary>A scheduler and what belongs to it, as short as a test wants it.</summary>
internal sealed class World
{
    /// <summary>Tight, so that a test that should end but doesn't fails at once.</summary>
    public static readonly RunLimits Limits = new()
    {
        Steps = 100_000,
        VirtualTime = TimeSpan.FromDays(60),
        EscapeGrace = TimeSpan.Zero,
    };

    public World(ulong seed = 1)
        : this(new RandomStrategy(seed)) { }

    public World(ChoiceStrategy strategy)
    {
        Choices = new ChoiceSource(strategy);
        Scheduler = new SimulationScheduler(Choices) { Inspector = RunInspector.Instance };
        Time = new VirtualTimeProvider(Scheduler);
    }

    public ChoiceSource Choices { get; }

    public SimulationScheduler Scheduler { get; }

    public VirtualTimeProvider Time { get; }

    /// <summary>What the items of a test say, in the order in which they ran.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Shouldly's own ThrowAsync continues on the thread pool, which in here is an escape.</summary>
    public static async Task ThrowsAsync<TException>(Task task)
        where TException : Exception
    {
        try
        {
            await task;
        }
        catch (TException)
        {
            return;
        }

        throw new InvalidOperationException($"No {typeof(TException).Name} was thrown.");
    }

    public void Post(string word) => Scheduler.Post("test", _ => Said.Add(word));

    /// <summary>Runs until everybody is out of work.</summary>
    public RunResult Drain() =>
        Scheduler.RunUntil(() => Scheduler.ReadyCount == 0 && Scheduler.TimedCount == 0, Limits);

    public RunResult Run(Func<Task> main) => Scheduler.Run(main, Limits);

    public void MustComplete(Func<Task> main) => Run(main).ThrowIfNotCompleted();
}
