using System.Runtime.InteropServices;

namespace Deterministic.Sockets.Watching;

/// <summary>An epoll instance of Linux, as far as it is needed: each registration fires once and is then set anew.</summary>
internal sealed class Epoll
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Modify = 3;
    private const uint In = 0x1;
    private const uint Out = 0x4;
    private const uint ErrorOrHangUp = 0x8 | 0x10;
    private const uint PeerHangUp = 0x2000;
    private const uint OneShot = 1u << 30;
    private const int MaxEvents = 64;

    private readonly int _descriptor;
    private readonly EventLayout _layout = EventLayout.OfThisMachine;
    private readonly byte[] _events;

    /// <exception cref="InvalidOperationException">There are no descriptors left, or this is no Linux.</exception>
    public Epoll()
    {
        _descriptor = EpollCreate(CloseOnExec);
        if (_descriptor < 0)
        {
            throw new InvalidOperationException($"epoll_create1 failed: errno {Marshal.GetLastPInvokeError()}.");
        }

        _events = new byte[MaxEvents * _layout.Size];
    }

    /// <summary>From any thread. What is true already fires at once.</summary>
    /// <param name="descriptor">Open; its registration goes with it.</param>
    /// <param name="id">What to report.</param>
    /// <param name="events">What for; replaces what was set before.</param>
    /// <param name="isAdded">Whether the descriptor was registered before.</param>
    /// <returns>False if the system has no room for it.</returns>
    public bool TrySet(int descriptor, long id, SocketEvents events, bool isAdded)
    {
        uint mask =
            OneShot
            | (events.HasFlag(SocketEvents.Receive) ? In | PeerHangUp : 0)
            | (events.HasFlag(SocketEvents.Send) ? Out : 0);
        Span<byte> entry = stackalloc byte[_layout.Size];
        MemoryMarshal.Write(entry, mask);
        MemoryMarshal.Write(entry[_layout.DataOffset..], id);
        return EpollControl(_descriptor, isAdded ? Modify : Add, descriptor, ref entry[0]) == 0;
    }

    /// <summary>Blocks until something fires. For one thread.</summary>
    public void Wait(Action<long, SocketEvents> fired)
    {
        int count = EpollWait(_descriptor, ref _events[0], MaxEvents, -1);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = _events.AsSpan(i * _layout.Size, _layout.Size);
            uint mask = MemoryMarshal.Read<uint>(entry);
            SocketEvents events =
                ((mask & (In | PeerHangUp | ErrorOrHangUp)) != 0 ? SocketEvents.Receive : SocketEvents.None)
                | ((mask & (Out | ErrorOrHangUp)) != 0 ? SocketEvents.Send : SocketEvents.None);
            fired(MemoryMarshal.Read<long>(entry[_layout.DataOffset..]), events);
        }
    }

    [DllImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EpollCreate(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EpollControl(int epoll, int operation, int descriptor, ref byte entry);

    [DllImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EpollWait(int epoll, ref byte entries, int most, int milliseconds);

    /// <summary><c>struct epoll_event</c>: 32 bits of events and 64 of data, packed on x86 and x64 only.</summary>
    /// <param name="Size">Of one entry.</param>
    /// <param name="DataOffset">Where its data begins.</param>
    private readonly record struct EventLayout(int Size, int DataOffset)
    {
        public static EventLayout OfThisMachine =>
            RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86
                ? new EventLayout(12, 4)
                : new EventLayout(16, 8);
    }
}
