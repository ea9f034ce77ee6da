namespace Deterministic.Simulation.Tool;

/// <summary>The exit codes of <c>detsim</c>, for scripts. They are documented in its help: none changes its meaning.</summary>
internal static class ExitCodes
{
    public const int NothingFound = 0;

    public const int Found = 1;

    public const int BadUsage = 2;

    /// <summary><c>EX_SOFTWARE</c> of sysexits.h: an error inside detsim itself.</summary>
    public const int InternalError = 70;

    /// <summary>What shells report for a program ended by SIGINT.</summary>
    public const int Interrupted = 130;
}
