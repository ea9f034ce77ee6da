namespace Deterministic.Contract.Tests;

/// <summary>One driver, or one way to use it, that is held to the contract.</summary>
/// <param name="name">What its column in the table is called.</param>
/// <param name="capabilities">What its worlds can do.</param>
public abstract class Arm(string name, ContractCapabilities capabilities)
{
    /// <summary>Every arm, as the columns of the table.</summary>
    internal static IReadOnlyList<Arm> All { get; } =
    [
        new Ipv4Arm(),
        new Ipv6Arm(),
        new UnixArm(),
        new TlsArm(),
        new CalmArm(),
        new LossyWanArm(),
        new SimulatedUnixArm(),
        new SimulatedTlsArm(),
        new MemoryArm(),
        new CallbackTcpArm(),
        new CallbackSimulatedArm(),
        new FaultyTcpArm(),
        new RoughTcpArm(),
        new RoughSimulatedArm(),
    ];

    public string Name => name;

    public ContractCapabilities Capabilities => capabilities;

    /// <summary>Whether its cases take so long that only some of them run by day. They vary others, which run in full.</summary>
    public virtual bool IsLong => false;

    /// <summary>Runs a case in a world of its own, or in several.</summary>
    public abstract Task RunAsync(ContractCase one);
}
