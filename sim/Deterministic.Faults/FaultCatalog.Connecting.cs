using Deterministic.Exploration;

namespace Deterministic.Faults;

public static partial class FaultCatalog
{
    private static FaultDescriptor[] Connecting =>
        [
            new()
            {
                Kind = FaultKind.Refused,
                Name = "refused",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Connect,
                Counted = "SYNs that reach a listener",
                Description = "a connection attempt is refused although there is a listener",
            },
            new()
            {
                Kind = FaultKind.Hang,
                Name = "hang",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Connect,
                Counted = "attempts",
                Description = "a connection attempt is never answered: it times out",
            },
            new()
            {
                Kind = FaultKind.ConnectDelay,
                Name = "connect-delay",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Connect,
                Counted = "SYNs, including retransmissions",
                Description = "the answer to a connection attempt is delayed",
            },
            new()
            {
                Kind = FaultKind.BacklogOverflow,
                Name = "backlog-overflow",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Connect,
                Counted = "SYNs that reach a listener with room",
                Description = "a SYN is dropped, and retransmitted, as if the backlog were full",
            },
            new()
            {
                Kind = FaultKind.Unreachable,
                Name = "unreachable",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Connect,
                Counted = "attempts",
                Description = "there is no route to the server",
            },
            new()
            {
                Kind = FaultKind.PortExhaustion,
                Name = "port-exhaustion",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Connect,
                Counted = "attempts",
                Description = "the client's host has no free port",
            },
        ];
}
