namespace Deterministic.Streams.Driving;

/// <summary>How long a synchronous call may take, in real time, from its construction on.</summary>
/// <param name="milliseconds">Or <see cref="Timeout.Infinite"/>.</param>
internal readonly struct RealTimeLimit(int milliseconds)
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    /// <summary>The milliseconds that are left, or <see cref="Timeout.Infinite"/>.</summary>
    public int Left =>
        milliseconds == Timeout.Infinite
            ? Timeout.Infinite
            : Math.Max(0, milliseconds - (int)TimeProvider.System.GetElapsedTime(_start).TotalMilliseconds);
}
