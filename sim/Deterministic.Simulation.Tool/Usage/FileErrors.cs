namespace Deterministic.Simulation.Tool;

/// <summary>What becomes of files that the user names.</summary>
internal static class FileErrors
{
    /// <summary>Whether it is the system that says no: to the name, to this user or to the disk. That is bad usage, and no error of detsim's.</summary>
    public static bool IsRefusal(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
