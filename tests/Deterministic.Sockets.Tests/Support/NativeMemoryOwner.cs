using System.Buffers;
using System.Runtime.InteropServices;

namespace Deterministic.Sockets.Tests;

/// <summary>Memory that is no array.</summary>
internal sealed unsafe class NativeMemoryOwner(int size) : MemoryManager<byte>
{
    private readonly byte* _pointer = (byte*)NativeMemory.AllocZeroed((nuint)size);

    public override Span<byte> GetSpan() => new(_pointer, size);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_pointer + elementIndex);

    public override void Unpin() { }

    protected override void Dispose(bool disposing) => NativeMemory.Free(_pointer);
}
