using Deterministic.Streams.Timing;

namespace Deterministic.Streams.Racing;

/// <summary>The time until the next attempt of a race is due.</summary>
internal sealed class StaggerDelay : IDisposable
{
    private readonly TaskCompletionSource _passed = new();
    private readonly ITimer? _timer;

    /// <param name="span">Zero has passed already: no timer, which would tick a little later.</param>
    /// <param name="timeProvider">Measures it.</param>
    public StaggerDelay(TimeSpan span, TimeProvider timeProvider)
    {
        if (span == TimeSpan.Zero)
        {
            _passed.SetResult();
        }
        else
        {
            _timer = timeProvider.CreateTimer(
                static passed => ((TaskCompletionSource)passed!).TrySetResult(),
                _passed,
                TimeOuts.ForTimer(span),
                Timeout.InfiniteTimeSpan
            );
        }
    }

    /// <summary>Completes on the timer's stack; not once disposed of.</summary>
    public Task Passed => _passed.Task;

    public void Dispose() => _timer?.Dispose();
}
