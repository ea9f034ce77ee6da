using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Where a case runs: two places of one network, and what that network can do. Made anew for each run.</summary>
public sealed record ContractWorld
{
    /// <summary>Where servers run.</summary>
    public required INetwork Server { get; init; }

    /// <summary>Where clients run. May be the same place.</summary>
    public required INetwork Client { get; init; }

    /// <summary>The name or address of the server's place: servers bind it and clients connect to it.</summary>
    public required string ServerHost { get; init; }

    /// <summary>What the network can do beyond what all can.</summary>
    public required ContractCapabilities Capabilities { get; init; }

    /// <summary>Sizes and payloads are drawn from it. Each run of a seeded one is the same, as far as the world allows.</summary>
    public required Random Random { get; init; }

    /// <summary>How many bytes a large transfer is. 1 MiB.</summary>
    public int LargeTransferBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// The most that the network itself holds of one direction, between the writer's queue and the reader's: windows and kernel buffers. 64 MiB, more than
    /// TCP's buffers grow to on any common system.
    /// </summary>
    public long NetworkHoldsBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>When a case that has not ended is given up, in the time of <see cref="Client"/>. 60 s: no case waits for time, so only one that hangs takes it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
