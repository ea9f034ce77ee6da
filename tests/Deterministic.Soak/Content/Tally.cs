namespace Deterministic.Soak.Content;

/// <summary>How many bytes went by, and their checksum (FNV-1a, 64 bits), in whatever pieces they came.</summary>
internal sealed class Tally
{
    private const ulong Prime = 0x100000001b3;

    public long Count { get; private set; }

    public ulong Checksum { get; private set; } = 0xcbf29ce484222325;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        ulong checksum = Checksum;
        foreach (byte value in bytes)
        {
            checksum = (checksum ^ value) * Prime;
        }

        Checksum = checksum;
        Count += bytes.Length;
    }
}
