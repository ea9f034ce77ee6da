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
                Description = "an attempt to connect is refused although somebody listens",
            },
            new()
            {
                Kind = FaultKind.Hang,
                Name = "hang",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Connect,
                Counted = "attempts",
                Description = "an attempt to connect is never answered: it times out",
            },
            new()
            {
                Kind = FaultKind.ConnectDelay,
                Name = "connect-delay",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Connect,
                Counted = "SYNs, those sent again too",
                Description = "an attempt to connect is answered later",
            },
            new()
            {
                Kind = FaultKind.BacklogOverflow,
                Name = "backlog-overflow",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Connect,
                Counted = "SYNs that reach a listener with room",
                Description = "what asks for a connection is dropped and asked again, as if the backlog were full",
            },
            new()
            {
                Kind = FaultKind.Unreachable,
                Name = "unreachable",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Connect,
                Counted = "attempts",
                Description = "no route leads to the server",
            },
            new()
            {
                Kind = FaultKind.PortExhaustion,
                Name = "port-exhaustion",
                Group = FaultGroup.Connect,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Connect,
                Counted = "attempts",
                Description = "the client's host has no port left",
            },
        ];
}
