using Spectre.Console;

namespace Deterministic.Simulation.Tool;

/// <summary>Shows progress on a terminal, and is removed when the work is done. In a pipe there is none.</summary>
internal static class ProgressBar
{
    /// <summary>The width of the spinner and a blank.</summary>
    private const int SpinnerWidth = 2;

    /// <summary>Of <c>100%</c>.</summary>
    private const int PercentageWidth = 4;

    /// <summary>Of <c>00:00:00</c>.</summary>
    private const int TimeWidth = 8;

    /// <summary>A narrower bar would show less than the percentage beside it.</summary>
    private const int MinBarWidth = 10;

    /// <param name="terminal">The terminal, or null for none.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="total">The number of steps; with one, no progress can be shown.</param>
    /// <param name="work">The work. Calls its argument after each step, on any thread.</param>
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

    /// <summary>The columns that fit in one line: a wrapped line would not be cleared. The percentage always fits.</summary>
    private static ProgressColumn[] ColumnsFor(int width, int title)
    {
        int left = width - SpinnerWidth - PercentageWidth;
        bool hasTitle = left >= title + 1;
        left -= title + 1;
        bool hasBar = left >= MinBarWidth + 1;
        left -= MinBarWidth + 1;
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
