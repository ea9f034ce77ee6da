namespace Deterministic.Simulation;

/// <summary>What every scenario is held to.</summary>
public static class BuiltInProperties
{
    /// <summary>The scenario ends without an exception.</summary>
    public const string NoException = "no-exception";

    /// <summary>No handler of a server throws what it does not expect.</summary>
    public const string NoHandlerError = "no-handler-error";

    /// <summary>Nobody waits for ever.</summary>
    public const string NoDeadlock = "no-deadlock";

    /// <summary>The run ends within its limit of steps.</summary>
    public const string NoLivelock = "no-livelock";

    /// <summary>The run ends within its limit of virtual time.</summary>
    public const string EndsInTime = "ends-in-time";

    /// <summary>Nothing of the program leaves the simulator's thread.</summary>
    public const string NothingEscapes = "nothing-escapes";

    /// <summary>A replayed run asks for the choices that its tape holds.</summary>
    public const string TapeFits = "tape-fits";
}
