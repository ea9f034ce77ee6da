namespace Deterministic.Examples.Http;

/// <summary>How long a connection may make no progress, on the network's clock. A handler that is cancelled closes its connection without a word.</summary>
internal sealed class Patience(TimeProvider time) : IDisposable
{
    /// <summary>Long enough for a person at a terminal; other servers have 5 s to 75 s.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, time);

    public CancellationToken Restart()
    {
        _source.CancelAfter(Limit);
        return _source.Token;
    }

    public void Dispose() => _source.Dispose();
}
