namespace Deterministic.Faults;

/// <summary>
/// The faults: each method creates a rule, and the rule's own methods set where, when and how often. By default a fault strikes everywhere, at every
/// opportunity; one that strikes at points in time does so once, at the start.
/// </summary>
public static partial class Fault
{
    /// <summary>A connection attempt is refused although there is a listener.</summary>
    public static FaultRule Refused() => new(FaultKind.Refused);

    /// <summary>A connection attempt is never answered: it times out, after TCP's connect time-out.</summary>
    public static FaultRule Hang() => new(FaultKind.Hang);

    /// <summary>The answer to a connection attempt is delayed.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; the same as the shortest if null. At most a thousand seconds.</param>
    public static FaultRule ConnectDelay(TimeSpan least, TimeSpan? most = null) =>
        new FaultRule(FaultKind.ConnectDelay).For(least, most);

    /// <summary>A SYN is dropped, as by a full backlog. The client retransmits it, first after a second.</summary>
    public static FaultRule BacklogOverflow() => new(FaultKind.BacklogOverflow);

    /// <summary>There is no route to the server.</summary>
    public static FaultRule Unreachable() => new(FaultKind.Unreachable);

    /// <summary>The client's host has no free port.</summary>
    public static FaultRule PortExhaustion() => new(FaultKind.PortExhaustion);
}
