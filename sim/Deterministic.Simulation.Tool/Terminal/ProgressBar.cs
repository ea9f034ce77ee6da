using Spectre.Console;

namespace Deterministic.Simulation.Tool;

/// <summary>Shows on a terminal that work goes on, and vanishes when it is done. In a pipe there is none.</summary>
internal static class ProgressBar
{
    /// <summary>The spinner's one cell, and a blank.</summary>
    private const int SpinnerWidth = 2;

    /// <summary>Of <c>100%</c>.</summary>
    private const int PercentageWidth = 4;

    /// <summary>Of <c>00:00:00</c>.</summary>
    private const int TimeWidth = 8;

    /// <summary>One that is narrower says less than the percentage beside it.</summary>
    private const int NarrowestBar = 10;

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
            .Columns(ColumnsFor(terminal.Profile.Width, title.GetCellWidth()));
        return progress.StartAsync(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: total);
            task.IsIndeterminate = total == 1;
            return work(() => task.Increment(1));
        });
    }

    /// <summary>As many as fit in one line: a broken line would not be cleared. The percentage always does.</summary>
    private static ProgressColumn[] ColumnsFor(int width, int title)
    {
        int left = width - SpinnerWidth - PercentageWidth;
        bool hasTitle = left >= title + 1;
        left -= title + 1;
        bool hasBar = left >= NarrowestBar + 1;
        left -= NarrowestBar + 1;
        bool hasTime = left >= TimeWidth + 1;
        List<ProgressColumn> columns = [new SpinnerColumn()];
        if (hasTitle)
        {
            columns.Add(new TaskDescriptionColumn());
        }

        if (hasBar)
        {
            columns.Add(new ProgressBarColumn());
        }

        columns.Add(new PercentageColumn());
        if (hasTime)
        {
            columns.Add(new RemainingTimeColumn());
        }

        return [.. columns];
    }
}
