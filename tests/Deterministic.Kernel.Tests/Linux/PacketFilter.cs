using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Deterministic.Kernel.Tests;

/// <summary>
/// A packet filter on one socket (<c>SO_ATTACH_FILTER</c>) that lets nothing in: to its peer the socket falls silent, and comes back as if a cable had been put back. It takes no
/// privilege and no network of its own.
/// </summary>
internal static class PacketFilter
{
    private const int SolSocket = 1;
    private const int AttachFilter = 26;
    private const int DetachFilter = 27;

    /// <summary>Classic BPF: <c>ret #0</c>, which takes nothing of the packet.</summary>
    private const ushort Return = 0x06;

    public static unsafe void LetNothingIn(Socket socket)
    {
        Instruction drop = new() { Code = Return };
        FilterProgram program = new() { Length = 1, Instructions = &drop };
        socket.SetRawSocketOption(SolSocket, AttachFilter, new ReadOnlySpan<byte>(&program, sizeof(FilterProgram)));
    }

    public static void Remove(Socket socket) => socket.SetRawSocketOption(SolSocket, DetachFilter, new byte[4]);

    /// <summary><c>struct sock_filter</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Instruction
    {
        public ushort Code;
        public byte IfTrue;
        public byte IfFalse;
        public uint Argument;
    }

    /// <summary><c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct FilterProgram
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}
