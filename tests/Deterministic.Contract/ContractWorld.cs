using System.Net;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Where a case runs: two places of one network, and what that network can do. Made anew for each run.</summary>
public sealed record ContractWorld
{
    /// <summary>Where servers run.</summary>
    public required INetwork Server { get; init; }

    /// <summary>Where clients run. May be the same place.</summary>
    public required INetwork Client { get; init; }

    /// <summary>
    /// Where the next server is bound: asked once for each. An <see cref="IPEndPoint"/> or a <see cref="DnsEndPoint"/> of the server's place with port 0, or a Unix path that nobody uses.
    /// Clients connect to what the server then says it is bound to.
    /// </summary>
    public required Func<EndPoint> NewAddress { get; init; }

    /// <summary>What the network can do beyond what all can.</summary>
    public required ContractCapabilities Capabilities { get; init; }

    /// <summary>Sizes and payloads are drawn from it. Each run of a seeded one is the same, as far as the world allows.</summary>
    public required Random Random { get; init; }

    /// <summary>What every server of this world has beyond what a case asks for, such as TLS. Nothing, unless set.</summary>
    public Func<ServerOptions, ServerOptions> WithServer { get; init; } = static options => options;

    /// <summary>What every client of this world has beyond what a case asks for. Nothing, unless set.</summary>
    public Func<ClientOptions, ClientOptions> WithClient { get; init; } = static options => options;

    /// <summary>An address that no route leads to from <see cref="Client"/>. Goes with <see cref="ContractCapabilities.Unreachable"/>.</summary>
    public EndPoint? UnreachableAddress { get; init; }

    /// <summary>An address that never answers an attempt to connect, such as that of a listener whose backlog is full. Goes with <see cref="ContractCapabilities.Unresponsive"/>.</summary>
    public EndPoint? UnresponsiveAddress { get; init; }

    /// <summary>How many bytes a large transfer is. 64 MiB; other transfers are at most 1 MiB.</summary>
    public int LargeTransferBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many connections a crowd is. 500.</summary>
    public int Crowd { get; init; } = 500;

    /// <summary>
    /// The most that the network itself holds of one direction, between the writer's queue and the reader's: windows and kernel buffers. 64 MiB, more than
    /// TCP's buffers grow to on any common system.
    /// </summary>
    public long NetworkHoldsBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>When a case that has not ended is given up, in the time of <see cref="Client"/>. 60 s: only one that hangs takes it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long nothing must have happened before a case takes it that nothing will, in the time of <see cref="Client"/>. 100 ms: longer than a busy machine keeps a thread waiting, or TCP an acknowledgement.
    /// Too little would fail a sound driver now and then.
    /// </summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A time-out of what a case lets time out: of no consequence but for how long the case takes. 50 ms.</summary>
    public TimeSpan ShortTimeout { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>For transfers that need not be large to mean something.</summary>
    internal int TransferBytes => Math.Min(LargeTransferBytes, 1024 * 1024);

    internal bool Can(ContractCapabilities capability) => Capabilities.HasFlag(capability);
}
