using System.Net;
using System.Runtime.CompilerServices;
using Deterministic.Faults.Engine;

namespace Deterministic.Simulation;

/// <summary>What a host's TCP is set to. The defaults are those of Linux, but for buffers that stay as they are.</summary>
public sealed record TcpOptions
{
    /// <summary>The defaults.</summary>
    public static TcpOptions Default { get; } = new();

    /// <summary>How many bytes the network takes from a program before the peer has acknowledged them: SO_SNDBUF. 64 KiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int SendBufferBytes
    {
        get;
        init => field = Positive(value);
    } = 64 * 1024;

    /// <summary>How many bytes may be unread before the window closes: SO_RCVBUF. 64 KiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int ReceiveBufferBytes
    {
        get;
        init => field = Positive(value);
    } = 64 * 1024;

    /// <summary>The most data of one segment. 1460: an Ethernet frame without the headers of IPv4 and TCP.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int MaxSegmentBytes
    {
        get;
        init => field = Positive(value);
    } = TcpDefaults.MaxSegmentBytes;

    /// <summary>How long a peer that acknowledges nothing is asked again before the connection is lost, with "timed out". 924.6 s: Linux's tcp_retries2 of 15.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan RetransmissionTimeout
    {
        get;
        init => field = Positive(value);
    } = TcpDefaults.RetransmissionTimeout;

    /// <summary>How long a host that does not answer is asked for a connection. 127 s: Linux's tcp_syn_retries of 6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan ConnectTimeout
    {
        get;
        init => field = Positive(value);
    } = TcpDefaults.ConnectTimeout;

    /// <summary>How long what a program has closed waits for its peer to end. 60 s: tcp_fin_timeout.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan FinTimeout
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(60);

    /// <summary>How long the port of a connection stays taken after its end, on the side that closed first. 60 s, as Linux has it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan TimeWait
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(60);

    /// <summary>The first port that the host gives out by itself. 49152: the dynamic range of RFC 6335.</summary>
    /// <remarks>With a first that is above the <see cref="LastEphemeralPort"/> there is no such port: every connection needs one of its own choice.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 65535.</exception>
    public int FirstEphemeralPort
    {
        get;
        init => field = Port(value);
    } = TcpDefaults.FirstEphemeralPort;

    /// <summary>The last port that the host gives out by itself. 65535.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 65535.</exception>
    public int LastEphemeralPort
    {
        get;
        init => field = Port(value);
    } = TcpDefaults.LastEphemeralPort;

    private static int Port(int value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, IPEndPoint.MaxPort, name);
        return Positive(value, name);
    }

    private static int Positive(int value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, name);
        return value;
    }

    private static TimeSpan Positive(TimeSpan value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        return value;
    }
}
