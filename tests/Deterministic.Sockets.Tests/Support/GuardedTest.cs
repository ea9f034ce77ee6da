namespace Deterministic.Sockets.Tests;

/// <summary>A test that fails instead of hanging.</summary>
public abstract class GuardedTest : IDisposable
{
    // Far above what any test here takes on a busy machine: it only ever matters where something is broken.
    private readonly CancellationTokenSource _guard = new(TimeSpan.FromSeconds(60));

    protected CancellationToken Guard => _guard.Token;

    public void Dispose()
    {
        _guard.Dispose();
        GC.SuppressFinalize(this);
    }
}
