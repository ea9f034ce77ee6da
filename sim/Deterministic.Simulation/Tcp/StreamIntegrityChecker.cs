using System.Numerics;

namespace Deterministic.Simulation.Tcp;

/// <summary>
/// Watches one direction of a connection from its two ends: what is read must be what was written, byte for byte. Keeps a checksum at the end of each write and not the bytes;
/// CRC-32C does not depend on how a stream is cut.
/// </summary>
internal sealed class StreamIntegrityChecker
{
    private readonly Queue<(long Offset, uint Checksum)> _written = new();
    private long _writtenBytes;
    private uint _writtenChecksum;
    private long _readBytes;
    private uint _readChecksum;

    /// <summary>The program at one end has written.</summary>
    public void Written(ReadOnlySpan<byte> data)
    {
        _writtenChecksum = Checksum(_writtenChecksum, data);
        _writtenBytes += data.Length;
        _written.Enqueue((_writtenBytes, _writtenChecksum));
    }

    /// <summary>The program at the other end has read.</summary>
    /// <returns>Whether that is what was written.</returns>
    public bool Read(ReadOnlySpan<byte> data)
    {
        while (_written.TryPeek(out (long Offset, uint Checksum) write) && write.Offset - _readBytes <= data.Length)
        {
            int count = (int)(write.Offset - _readBytes);
            Take(data[..count]);
            data = data[count..];
            _written.Dequeue();
            if (_readChecksum != write.Checksum)
            {
                return false;
            }
        }

        Take(data);
        return _readBytes <= _writtenBytes;
    }

    private void Take(ReadOnlySpan<byte> data)
    {
        _readChecksum = Checksum(_readChecksum, data);
        _readBytes += data.Length;
    }

    private static uint Checksum(uint checksum, ReadOnlySpan<byte> data)
    {
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            checksum = BitOperations.Crc32C(checksum, BitConverter.ToUInt64(data));
        }

        foreach (byte b in data)
        {
            checksum = BitOperations.Crc32C(checksum, b);
        }

        return checksum;
    }
}
