using System.Net;

namespace Deterministic.Benchmarks.SideBySide;

/// <summary>A server that listens.</summary>
/// <param name="endPoint">Where.</param>
/// <param name="stop">Stops it; its clients are gone by then.</param>
internal sealed class RunningServer(EndPoint endPoint, Func<ValueTask> stop) : IAsyncDisposable
{
    public EndPoint EndPoint { get; } = endPoint;

    public ValueTask DisposeAsync() => stop();
}
