using System.Buffers;

namespace Deterministic.Core.Tests;

/// <summary>
/// A pool that checks its users: it counts what is out, writes over what comes back, refuses what is not out,
/// and notices when somebody writes to what came back.
/// </summary>
internal sealed class CheckedPool : ArrayPool<byte>
{
    public const byte Poison = 0xDD;

    private readonly HashSet<byte[]> _out = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, Stack<byte[]>> _back = [];

    /// <summary>Arrays out now.</summary>
    public int Rented => _out.Count;

    /// <summary>Bytes out now.</summary>
    public long RentedBytes => _out.Sum(array => (long)array.Length);

    /// <summary>The most bytes that were ever out at once.</summary>
    public long MostRentedBytes { get; private set; }

    /// <summary>The size of every rent, in order.</summary>
    public List<int> Rents { get; } = [];

    /// <summary>Arrays ever made: what a steady state stops doing.</summary>
    public int Made { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        Rents.Add(minimumLength);
        byte[] array = Reuse(minimumLength) ?? New(minimumLength);
        _out.Add(array);
        MostRentedBytes = Math.Max(MostRentedBytes, RentedBytes);
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        if (!_out.Remove(array))
        {
            throw new InvalidOperationException(
                $"An array of {array.Length} bytes was returned that is not out: returned twice, or never rented."
            );
        }

        array.AsSpan().Fill(Poison);
        if (!_back.TryGetValue(array.Length, out Stack<byte[]>? same))
        {
            _back[array.Length] = same = new Stack<byte[]>();
        }

        same.Push(array);
    }

    /// <summary>Fails if memory was written to after it came back.</summary>
    public void VerifyUntouched()
    {
        foreach (byte[] array in _back.Values.SelectMany(same => same))
        {
            Verify(array);
        }
    }

    private static void Verify(byte[] array)
    {
        if (array.AsSpan().ContainsAnyExcept(Poison))
        {
            throw new InvalidOperationException($"An array of {array.Length} bytes was written to after it came back.");
        }
    }

    private byte[]? Reuse(int length)
    {
        if (!_back.TryGetValue(length, out Stack<byte[]>? same) || !same.TryPop(out byte[]? array))
        {
            return null;
        }

        Verify(array);
        return array;
    }

    private byte[] New(int length)
    {
        Made++;
        byte[] array = new byte[length];
        array.AsSpan().Fill(Poison);
        return array;
    }
}
