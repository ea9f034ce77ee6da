using System.Runtime.InteropServices;
using System.Text;

namespace Deterministic.Sockets.Serving;

/// <summary>Which file a path leads to, and whether it is a socket: the two facts about files that .NET does not expose.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file in it.</param>
/// <param name="IsSocket">Whether it can be a socket.</param>
internal readonly record struct FileStatus(ulong Device, ulong Inode, bool IsSocket)
{
    /// <summary>Of the file itself, not of what it links to.</summary>
    /// <returns>Null if there is none that can be seen.</returns>
    public static FileStatus? Of(string path) =>
        OperatingSystem.IsLinux() ? OnLinux(path)
        : File.Exists(path) ? Elsewhere(path)
        : null;

    private static FileStatus? OnLinux(string path)
    {
        // statx, whose structure is the same on every architecture; that of stat is not.
        byte[] name = [.. Encoding.UTF8.GetBytes(path), 0];
        return
            Statx(
                StatxNames.CurrentFolder,
                ref name[0],
                StatxNames.NoFollow,
                StatxNames.TypeAndInode,
                out StatxBuffer found
            ) == 0
            ? new FileStatus(
                ((ulong)found.DeviceMajor << 32) | found.DeviceMinor,
                found.Inode,
                (found.Mode & StatxNames.TypeMask) == StatxNames.TypeSocket
            )
            : null;
    }

    /// <summary>
    /// The time of its creation distinguishes a file from another that replaced it. Windows marks socket files; elsewhere the probe of <see cref="SocketProbe"/> fails on what is not a socket.
    /// </summary>
    private static FileStatus Elsewhere(string path) =>
        new(
            0,
            (ulong)File.GetCreationTimeUtc(path).Ticks,
            !OperatingSystem.IsWindows() || File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint)
        );

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, ref byte path, int flags, uint mask, out StatxBuffer buffer);

    /// <summary>The numbers of <c>linux/stat.h</c> and <c>linux/fcntl.h</c>; the same on every architecture.</summary>
    private static class StatxNames
    {
        public const int CurrentFolder = -100;
        public const int NoFollow = 0x100;
        public const uint TypeAndInode = 0x1 | 0x100;
        public const int TypeMask = 0xF000;
        public const int TypeSocket = 0xC000;
    }

    /// <summary><c>struct statx</c>, 256 bytes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxBuffer
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
