using System.Reflection;
using Xunit;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>An instance of a test class, from its construction to its disposal, in xunit's order. For one run.</summary>
internal sealed class TestInstance(
    Type testClass,
    object[] constructorArguments,
    MethodInfo method,
    IReadOnlyList<BeforeAfterTestAttribute> beforeAfter
)
{
    private const BindingFlags CreationFlags =
        BindingFlags.CreateInstance | BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions;

    private readonly List<Exception> _errors = [];
    private IDisposable? _undisposed;

    /// <summary>The name of the test's class, without its namespace.</summary>
    public string ClassName => testClass.Name;

    /// <summary>The folder of the test assembly.</summary>
    public string Folder =>
        Path.GetDirectoryName(testClass.Assembly.Location) is { Length: > 0 } folder
            ? folder
            : AppContext.BaseDirectory;

    /// <summary>The exception it threw, or null. Stored instead of rethrown: a task that is cancelled would lose its exception.</summary>
    public Exception? Error =>
        _errors switch
        {
            [] => null,
            [var only] => only,
            _ => new AggregateException(_errors),
        };

    /// <summary>Construction to disposal, as the program of a simulation: every await returns to its context.</summary>
    public async Task RunAsync(SimulatedWorld world)
    {
        object? instance = null;
        bool ready = Try(() => instance = Create());
        if (ready && await TryAsync(() => (instance as IAsyncLifetime)?.InitializeAsync()).ConfigureAwait(true))
        {
            await RunMethodAsync(instance, world).ConfigureAwait(true);
            await TryAsync(() => (instance as IAsyncLifetime)?.DisposeAsync()).ConfigureAwait(true);
        }

        Try(Dispose);
    }

    /// <summary>Disposes the instance after a run that stopped before its end. An exception here is only a consequence.</summary>
    public void DisposeIfStopped()
    {
        if (_undisposed is not null)
        {
            Try(Dispose);
        }
    }

    private object? Create()
    {
        object? instance = method.IsStatic
            ? null
            : Activator.CreateInstance(testClass, CreationFlags, null, constructorArguments, null);
        _undisposed = instance as IDisposable;
        return instance;
    }

    private async Task RunMethodAsync(object? instance, SimulatedWorld world)
    {
        Stack<BeforeAfterTestAttribute> begun = new();
        foreach (BeforeAfterTestAttribute attribute in beforeAfter)
        {
            if (!Try(() => attribute.Before(method)))
            {
                break;
            }

            begun.Push(attribute);
        }

        if (begun.Count == beforeAfter.Count)
        {
            await TryAsync(() => StartAsync(instance, world)).ConfigureAwait(true);
        }

        foreach (BeforeAfterTestAttribute attribute in begun)
        {
            Try(() => attribute.After(method));
        }
    }

    private Task StartAsync(object? instance, SimulatedWorld world) =>
        method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, [world], null) switch
        {
            ValueTask task => task.AsTask(),
            Task task => task,
            _ => throw new InvalidOperationException($"{method.Name} returned null instead of a task."),
        };

    private void Dispose()
    {
        IDisposable? undisposed = _undisposed;
        _undisposed = null;
        undisposed?.Dispose();
    }

    private bool Try(Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (Exception error)
        {
            _errors.Add(error);
            return false;
        }
    }

    private async Task<bool> TryAsync(Func<Task?> step)
    {
        try
        {
            await (step() ?? Task.CompletedTask).ConfigureAwait(true);
            return true;
        }
        catch (Exception error)
        {
            _errors.Add(error);
            return false;
        }
    }
}
