namespace Deterministic.Faults.Engine;

/// <summary>What TCP does by default: Linux's values, and the numbers that faults on top of any network go by as well.</summary>
internal static class TcpDefaults
{
    /// <summary>The most data of one segment: an Ethernet frame without the headers of IPv4 and TCP.</summary>
    public const int MaxSegmentBytes = 1460;

    /// <summary>What IPv4 and TCP put around the data, as bandwidth is counted: 20 bytes each.</summary>
    public const int HeaderBytes = 40;

    /// <summary>The first ephemeral port: the dynamic range of RFC 6335.</summary>
    public const int FirstEphemeralPort = 49152;

    /// <summary>The last ephemeral port.</summary>
    public const int LastEphemeralPort = 65535;

    /// <summary>How long an unanswered connection request is repeated: tcp_syn_retries of 6.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(127);

    /// <summary>How long unacknowledged data are sent again before the connection is lost: tcp_retries2 of 15.</summary>
    public static readonly TimeSpan RetransmissionTimeout = TimeSpan.FromSeconds(924.6);
}
