namespace Deterministic.Simulation.Tool;

/// <summary>What becomes of files that the user names.</summary>
internal static class FileErrors
{
    /// <summary>Whether it is the system that says no: to the name, to this user or to the disk. That is bad usage, and no error of detsim's.</summary>
    public static bool IsRefusal(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>Whether somebody has the file open: this process, by whichever name, or another one that keeps it to itself.</summary>
    public static bool IsInUse(Exception error)
    {
        const int SharingViolation = unchecked((int)0x80070020);
        return error is IOException { HResult: var code } && (code == SharingViolation || IsWouldBlock(code));
    }

    /// <summary>Whether two paths lead to one file, symbolic links considered. Hard links do not show in a path: see <see cref="IsInUse"/>.</summary>
    public static bool AreSame(string one, string other) =>
        string.Equals(
            Resolve(one),
            Resolve(other),
            OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
                ? StringComparison.OrdinalIgnoreCase
                : StringComparison.Ordinal
        );

    /// <summary>Whether a path leads to a device, such as /dev/null, which many may write at once.</summary>
    public static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows()
        && new[] { path, Resolve(path) }.Any(known => known.StartsWith("/dev/", StringComparison.Ordinal));

    /// <summary>EWOULDBLOCK, by which Unix says that a lock is taken.</summary>
    private static bool IsWouldBlock(int code) => !OperatingSystem.IsWindows() && code is 11 or 35;

    /// <summary>The path without symbolic links, as far as they can be read.</summary>
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        string resolved = Path.GetPathRoot(full) ?? "";
        try
        {
            foreach (string part in full[resolved.Length..].Split(Path.DirectorySeparatorChar))
            {
                string next = Path.Combine(resolved, part);
                FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
                resolved = entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
            }

            return resolved;
        }
        catch (Exception error) when (IsRefusal(error))
        {
            return full;
        }
    }
}
