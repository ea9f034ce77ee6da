using System.Diagnostics.CodeAnalysis;

namespace Deterministic.Contract;

/// <summary>What not every world can do. A case that needs what a world lacks is not applicable there, and is listed so.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "They are flags.")]
public enum ContractCapabilities
{
    /// <summary>Only what every world can do.</summary>
    None = 0,

    /// <summary>One half of a connection can be ended while the other goes on.</summary>
    HalfClose = 1 << 0,

    /// <summary>An abort reaches the peer as a reset, distinct from an end of file.</summary>
    RealReset = 1 << 1,

    /// <summary>An attempt to connect to where nobody listens is answered: refused.</summary>
    Refusal = 1 << 2,

    /// <summary>
    /// A peer that goes on writing to a connection closed or aborted over there, unread bytes or not, hears of it: a reset or a broken pipe, as TCP has it. Unix sockets do so too.
    /// </summary>
    CloseWithUnreadDataResets = 1 << 3,

    /// <summary>An address has one listener: binding it again is an error.</summary>
    ExclusiveAddresses = 1 << 4,

    /// <summary>The server's network binds and connects to <c>::1</c>.</summary>
    Ipv6 = 1 << 5,

    /// <summary>There are addresses that no route leads to: see <see cref="ContractWorld.UnreachableAddress"/>.</summary>
    Unreachable = 1 << 6,

    /// <summary>There are addresses that never answer: see <see cref="ContractWorld.UnresponsiveAddress"/>.</summary>
    Unresponsive = 1 << 7,

    /// <summary>A listener can pause: who connects meanwhile waits, and is not turned away.</summary>
    Pausing = 1 << 8,

    /// <summary>A close is over once all is sent, whatever the peer does. Over TLS it is not: it waits for the peer's close_notify, or what still comes could cost the peer ours.</summary>
    ClosesAlone = 1 << 9,

    /// <summary>All of them: TCP of a host with IPv6.</summary>
    All =
        HalfClose
        | RealReset
        | Refusal
        | CloseWithUnreadDataResets
        | ExclusiveAddresses
        | Ipv6
        | Unreachable
        | Unresponsive
        | Pausing
        | ClosesAlone,
}
