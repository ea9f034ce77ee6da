using Deterministic.Core;

namespace Deterministic.Simulation.Programs;

/// <summary>Computing that a program has asked for: it takes the processor when its turn comes, like any code.</summary>
internal sealed class Computation(VirtualCpu processor, ProgramScope scope, TimeSpan time)
{
    private readonly TaskCompletionSource _done = new();

    public TimeSpan Time => time;

    /// <returns>Ends with it.</returns>
    public Task RunAsync()
    {
        // Code that runs on a throttled host is in the midst of its step: this comes after that.
        scope.Post(static state => ((Computation)state!).Begin(), this);
        return _done.Task;
    }

    /// <summary>Its time is over. Called from items of the world only.</summary>
    public void Finish()
    {
        if (scope.Enters(static state => ((TaskCompletionSource)state!).SetResult(), _done))
        {
            _done.SetResult();
        }
    }

    /// <summary>The host has crashed in the midst of it.</summary>
    public void Crash()
    {
        if (!scope.EndsWithHost)
        {
            scope.Post(static state => ((Computation)state!).Fail(), this);
        }
    }

    private void Begin()
    {
        try
        {
            scope.ThrowIfGone();
            processor.Compute(this);
        }
        catch (ConnectionException error)
        {
            _done.SetException(error);
        }
    }

    private void Fail() => _done.SetException(scope.HasCrashed());
}
