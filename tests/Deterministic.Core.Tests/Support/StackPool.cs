using System.Buffers;

namespace Deterministic.Core.Tests;

/// <summary>A pool of this test's own that makes an array only when it has none: other tests cannot empty it, as they can the shared one.</summary>
internal sealed class StackPool : ArrayPool<byte>
{
    private readonly Dictionary<int, Stack<byte[]>> _free = [];

    public override byte[] Rent(int minimumLength) =>
        _free.TryGetValue(minimumLength, out Stack<byte[]>? same) && same.TryPop(out byte[]? array)
            ? array
            : new byte[minimumLength];

    public override void Return(byte[] array, bool clearArray = false)
    {
        if (!_free.TryGetValue(array.Length, out Stack<byte[]>? same))
        {
            _free[array.Length] = same = new Stack<byte[]>();
        }

        same.Push(array);
    }
}
