namespace Deterministic.Simulation.Tool;

/// <summary>Classifies errors of files named by the user.</summary>
internal static class FileErrors
{
    /// <summary>Whether the system refuses the operation: an invalid name, a missing permission, a full disk. That is a usage error, not an internal one.</summary>
    public static bool IsRefusal(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>Whether the file is already open: in this process, under any name, or exclusively in another one.</summary>
    public static bool IsInUse(Exception error)
    {
        const int SharingViolation = unchecked((int)0x80070020);
        return error is IOException { HResult: var code } && (code == SharingViolation || IsWouldBlock(code));
    }

    /// <summary>Whether two paths lead to one file, following symbolic links. Hard links are not visible in a path: see <see cref="IsInUse"/>.</summary>
    public static bool AreSame(string one, string other) =>
        string.Equals(
            Resolve(one),
            Resolve(other),
            OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
                ? StringComparison.OrdinalIgnoreCase
                : StringComparison.Ordinal
        );

    /// <summary>Whether a path is a device, such as /dev/null, which may have several writers.</summary>
    public static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows()
        && new[] { path, Resolve(path) }.Any(known => known.StartsWith("/dev/", StringComparison.Ordinal));

    /// <summary>EWOULDBLOCK, which Unix reports for a lock that is held.</summary>
    private static bool IsWouldBlock(int code) => !OperatingSystem.IsWindows() && code is 11 or 35;

    /// <summary>The path with symbolic links resolved, as far as they can be read.</summary>
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
