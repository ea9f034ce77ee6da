namespace Deterministic.Faults.Engine;

/// <summary>The extra info by which a transport says what faults have done to it: layers on top, such as TLS, pass it through.</summary>
internal static class FaultInfo
{
    /// <summary>True if a fault has ended the connection.</summary>
    public const string EndedByFault = "simulated-ended-by-fault";
}
