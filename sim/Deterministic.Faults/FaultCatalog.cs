namespace Deterministic.Faults;

/// <summary>All faults, and their descriptors.</summary>
public static partial class FaultCatalog
{
    private static readonly FaultDescriptor[] Table = [.. Connecting, .. Travelling, .. Failing, .. Hosts];

    /// <summary>All, in the order of <see cref="FaultKind"/>.</summary>
    public static IReadOnlyList<FaultDescriptor> All => Table;

    /// <summary>The descriptor of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public static FaultDescriptor Of(FaultKind kind) => Table[(int)kind];

    /// <summary>The fault of that name, or null.</summary>
    /// <param name="name">As in <see cref="FaultDescriptor.Name"/>; case matters.</param>
    public static FaultDescriptor? Find(string name) =>
        Array.Find(Table, fault => string.Equals(fault.Name, name, StringComparison.Ordinal));
}
