namespace Deterministic.Faults.Engine;

/// <summary>What waits for its turn on a line of finite speed: first in, first out, the last one is dropped when it is full.</summary>
/// <param name="bitsPerSecond">How fast the line is.</param>
/// <param name="capacity">Bytes that may wait.</param>
internal sealed class LinkQueue(long bitsPerSecond, int capacity)
{
    /// <summary>A full packet: in a shorter queue it would find no room however often it came.</summary>
    public const int LeastBytes = 1500;

    /// <summary>As much as a window of the usual size has under way.</summary>
    public const int UsualBytes = 64 * 1024;

    /// <summary>More than all windows of a few connections together.</summary>
    public const int BloatedBytes = 4 * 1024 * 1024;

    /// <summary>When the line will have sent all that was taken.</summary>
    private TimeSpan _busyUntil;

    /// <returns>False if there is no room.</returns>
    public bool TryEnter(int bytes, TimeSpan now)
    {
        TimeSpan begin = _busyUntil > now ? _busyUntil : now;
        if (Bytes(begin - now) + bytes > capacity)
        {
            return false;
        }

        _busyUntil = begin + Time(bytes);
        return true;
    }

    /// <summary>Takes what comes, however much waits already.</summary>
    /// <returns>How long it has to wait and be sent.</returns>
    public TimeSpan Enter(int bytes, TimeSpan now)
    {
        _busyUntil = (_busyUntil > now ? _busyUntil : now) + Time(bytes);
        return Wait(now);
    }

    /// <summary>How long the last packet taken has to wait and be sent.</summary>
    public TimeSpan Wait(TimeSpan now) => _busyUntil > now ? _busyUntil - now : TimeSpan.Zero;

    private TimeSpan Time(long bytes) =>
        TimeSpan.FromTicks((long)((Int128)bytes * 8 * TimeSpan.TicksPerSecond / bitsPerSecond));

    private long Bytes(TimeSpan time) => (long)((Int128)time.Ticks * bitsPerSecond / (8 * TimeSpan.TicksPerSecond));
}
