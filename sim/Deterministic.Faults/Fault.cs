namespace Deterministic.Faults;

/// <summary>
/// The faults: each method begins a rule, and the rule's own methods say where, when and how often. Without these a fault strikes everywhere, at every
/// opportunity; one that strikes at points in time does so once, at the beginning.
/// </summary>
public static partial class Fault
{
    /// <summary>An attempt to connect is refused although somebody listens.</summary>
    public static FaultRule Refused() => new(FaultKind.Refused);

    /// <summary>An attempt to connect is never answered: it times out, after TCP's connect time-out.</summary>
    public static FaultRule Hang() => new(FaultKind.Hang);

    /// <summary>An attempt to connect is answered later.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ConnectDelay(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ConnectDelay).For(least, most);

    /// <summary>What asks for a connection is dropped, as by a full backlog. The client asks again, first after a second.</summary>
    public static FaultRule BacklogOverflow() => new(FaultKind.BacklogOverflow);

    /// <summary>No route leads to the server.</summary>
    public static FaultRule Unreachable() => new(FaultKind.Unreachable);

    /// <summary>The client's host has no port left to connect from.</summary>
    public static FaultRule PortExhaustion() => new(FaultKind.PortExhaustion);
}
