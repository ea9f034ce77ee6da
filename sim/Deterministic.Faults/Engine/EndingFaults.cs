namespace Deterministic.Faults.Engine;

/// <summary>The faults that end a stream, or its connection, right behind what was sent: what each of them does.</summary>
internal static class EndingFaults
{
    /// <summary>All of them; where several strike at once the first counts.</summary>
    public static readonly FaultKind[] All =
    [
        FaultKind.Reset,
        FaultKind.FinEarly,
        FaultKind.HalfClose,
        FaultKind.SilentDrop,
        FaultKind.HalfOpen,
    ];

    /// <summary>Whether a fault ends the connection that it strikes.</summary>
    public static bool Contains(FaultKind kind) => Array.IndexOf(All, kind) >= 0;

    /// <summary>Strikes.</summary>
    /// <param name="kind">One of <see cref="All"/>.</param>
    /// <param name="direction">The direction behind whose bytes it strikes.</param>
    public static void Apply<TDirection>(FaultKind kind, TDirection direction)
        where TDirection : IStruckDirection
    {
        switch (kind)
        {
            case FaultKind.Reset:
                direction.Reset();
                break;
            case FaultKind.FinEarly:
                direction.Cut();
                direction.CutOther();
                break;
            case FaultKind.HalfClose:
                direction.Cut();
                break;
            case FaultKind.SilentDrop:
                direction.Blackhole();
                break;
            case FaultKind.HalfOpen:
                direction.ForgetAtReceiver();
                break;
        }
    }
}
