using System.Globalization;
using System.Net;
using Deterministic.Faults.Decorating;
using Deterministic.Simulation.Capturing;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Scheduling;
using Deterministic.Simulation.Tcp;

namespace Deterministic.Simulation;

/// <summary>
/// Writes the packets of one simulated world as pcapng, for Wireshark and its kin: Ethernet, IPv4 or IPv6, TCP with all its numbers and checksums.
/// Switched on with <see cref="SimulatedWorld.Capture"/> or <see cref="SimulationOptions.Capture"/>.
/// </summary>
/// <remarks>
/// <para>
/// Each packet is written once, when it leaves its host and as that host's own capture would have it, on an interface that bears the host's name; one that the
/// network loses or holds carries a comment that says so. The question of each connection carries the number that the connection has in the trace.
/// Times are those of the world, from <see cref="VirtualTimeProvider.Epoch"/> on, whatever the clock of a host shows.
/// </para>
/// <para>
/// Capturing draws no choice and records no event: a run is the same with and without. Nothing is kept but a few bytes for each host and connection: every
/// block is written to the stream whole, as it comes. For the simulator's thread only.
/// </para>
/// </remarks>
public sealed class PacketCapture : IPacketObserver
{
    private const int MostHeaderBytes = 128;

    /// <summary>With all its headers, it is within what the 16 bits of an IP packet's length can say.</summary>
    private const int MostDataBytes = 65_000;

    private readonly Stream _stream;
    private readonly PcapngBlocks _blocks = new();
    private readonly WindowScales _scales = new();
    private readonly Dictionary<ITcpHost, int> _interfaces = [];
    private readonly HashSet<IPAddress> _named = [];

    /// <summary>A capture that is written to a stream, its header at once.</summary>
    /// <param name="stream">Where to; it is neither flushed nor closed.</param>
    /// <param name="comment">What the whole file is about, such as the scenario and its seed; empty for nothing.</param>
    /// <exception cref="IOException">The stream takes nothing.</exception>
    public PacketCapture(Stream stream, string comment = "")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(comment);
        _stream = stream;
        stream.Write(_blocks.SectionHeader(comment));
    }

    /// <summary>Why the stream no longer takes anything, or null. That ends the capture, and not the run: a full disk is no fault of the simulated world.</summary>
    public IOException? Failure { get; private set; }

    void IPacketObserver.PacketSent(WorldContext world, TcpFlow flow, in Packet packet, PacketVerdict verdict)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            Write(world, flow, packet, verdict);
        }
        catch (IOException error)
        {
            Failure = error;
        }
    }

    private void Write(WorldContext world, TcpFlow flow, in Packet packet, PacketVerdict fate)
    {
        Name(flow.Local.Address, flow.Host);
        Name(flow.Remote.Address, flow.Peer);
        int number = InterfaceOf(flow.Host);
        string comment = CommentOf(flow, packet, fate);
        Span<byte> header = stackalloc byte[MostHeaderBytes];
        TcpHeader tcp = TcpHeaders.Of(flow, packet, _scales, world.TcpOptions.MaxSegmentBytes);
        ReadOnlySpan<byte> rest = packet.Data;
        do
        {
            // A configured segment may be larger than any IP packet; a network card would send it in pieces, too.
            ReadOnlySpan<byte> data = rest[..Math.Min(rest.Length, MostDataBytes)];
            rest = rest[data.Length..];
            TcpHeader piece = rest.IsEmpty
                ? tcp
                : tcp with
                {
                    Flags = tcp.Flags & ~(PacketFlags.Fin | PacketFlags.Psh),
                };
            int length = Frame.Write(header, flow, piece, data);
            _stream.Write(_blocks.Packet(number, world.Scheduler.Now, header[..length], data, comment));
            tcp = tcp with { Sequence = tcp.Sequence + (uint)data.Length };
        } while (!rest.IsEmpty);
    }

    private int InterfaceOf(ITcpHost host)
    {
        if (!_interfaces.TryGetValue(host, out int number))
        {
            number = _interfaces.Count;
            _interfaces.Add(host, number);
            _stream.Write(_blocks.Interface(host.Name, Frame.HardwareAddressOf(host)));
        }

        return number;
    }

    /// <summary>The same loopback address belongs to every host, and so it names none.</summary>
    private void Name(IPAddress address, ITcpHost host)
    {
        address = address.Unmapped();
        if (!IPAddress.IsLoopback(address) && _named.Add(address))
        {
            _stream.Write(_blocks.Name(address, host.Name));
        }
    }

    private static string CommentOf(TcpFlow flow, in Packet packet, PacketVerdict fate)
    {
        string what = fate switch
        {
            PacketVerdict.Lost => "lost in the network",
            PacketVerdict.Held => "held by the network",
            _ => "",
        };
        if (packet.Flags != PacketFlags.Syn)
        {
            return what;
        }

        string which = string.Create(CultureInfo.InvariantCulture, $"connection #{flow.Id}");
        return what.Length == 0 ? which : $"{which}, {what}";
    }
}
