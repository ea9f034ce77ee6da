namespace Deterministic.Kernel.Tests;

/// <summary>How long things take here, where a default takes minutes.</summary>
internal static class Times
{
    /// <summary>Several times the shortest retransmission time-out, and a whole number of seconds, as some options want.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    /// <summary>Longer than anything that takes <see cref="Short"/> and then a retransmission.</summary>
    public static readonly TimeSpan Longer = TimeSpan.FromSeconds(6);
}
