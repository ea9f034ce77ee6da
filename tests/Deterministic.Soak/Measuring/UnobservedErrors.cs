using System.Collections.Concurrent;

namespace Deterministic.Soak.Measuring;

/// <summary>Exceptions of tasks that nobody looked at; the collector finds them.</summary>
internal sealed class UnobservedErrors : IDisposable
{
    private readonly ConcurrentQueue<Exception> _errors = [];

    public UnobservedErrors() => TaskScheduler.UnobservedTaskException += OnUnobserved;

    public IReadOnlyCollection<Exception> Found => _errors;

    public void Dispose() => TaskScheduler.UnobservedTaskException -= OnUnobserved;

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs args)
    {
        _errors.Enqueue(args.Exception);
        args.SetObserved();
    }
}
