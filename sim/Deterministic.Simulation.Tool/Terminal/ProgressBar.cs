using Spectre.Console;

namespace Deterministic.Simulation.Tool;

/// <summary>Shows on a terminal that work goes on, and vanishes when it is done. In a pipe there is none.</summary>
internal static class ProgressBar
{
    /// <param name="terminal">Where, or null for nowhere.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="total">How many steps it takes; with one, there is no telling how far it is.</param>
    /// <param name="work">Does it, and calls what it is handed after each step, on any thread.</param>
    public static Task<T> ShowAsync<T>(IAnsiConsole? terminal, string title, int total, Func<Action, Task<T>> work)
    {
        if (terminal is null)
        {
            return work(static () => { });
        }

        Progress progress = terminal
            .Progress()
            .AutoClear(true)
            .Columns(
                new SpinnerColumn(),
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            );
        return progress.StartAsync(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: total);
            task.IsIndeterminate = total == 1;
            return work(() => task.Increment(1));
        });
    }
}
