using System.Buffers.Binary;

namespace Deterministic.Simulation.Capturing;

/// <summary>The checksum of IPv4 and TCP (RFC 1071): the complement of the sum of 16-bit words, with its carries added.</summary>
internal struct InternetChecksum
{
    private ulong _sum;

    public readonly ushort Value
    {
        get
        {
            ulong sum = _sum;
            while (sum > ushort.MaxValue)
            {
                sum = (sum & ushort.MaxValue) + (sum >> 16);
            }

            return (ushort)~sum;
        }
    }

    public void Add(int number) => _sum += (uint)number;

    /// <summary>Only the last part of what is summed may have an odd length.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ushort); bytes = bytes[sizeof(ushort)..])
        {
            _sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        if (!bytes.IsEmpty)
        {
            _sum += (ulong)bytes[0] << 8;
        }
    }
}
