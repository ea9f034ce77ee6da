using Deterministic.Exploration;

namespace Deterministic.Faults;

public static partial class FaultCatalog
{
    private static FaultDescriptor[] Failing =>
        [
            new()
            {
                Kind = FaultKind.ClogSend,
                Name = "clog-send",
                Group = FaultGroup.Stall,
                Target = FaultTarget.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Stall,
                Description = "packets from a host are held for a while, and sent afterwards",
            },
            new()
            {
                Kind = FaultKind.ClogReceive,
                Name = "clog-receive",
                Group = FaultGroup.Stall,
                Target = FaultTarget.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Stall,
                Description = "packets to a host are held for a while, and delivered afterwards",
            },
            new()
            {
                Kind = FaultKind.ClogPair,
                Name = "clog-pair",
                Group = FaultGroup.Stall,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Stall,
                Description = "packets between two hosts are held for a while, and delivered afterwards",
            },
            new()
            {
                Kind = FaultKind.Hold,
                Name = "hold",
                Group = FaultGroup.Stall,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Stall,
                Description = "the link from one host to another holds its packets, and releases them afterwards",
            },
            new()
            {
                Kind = FaultKind.Partition,
                Name = "partition",
                Group = FaultGroup.Partition,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "all packets between two hosts are lost",
            },
            new()
            {
                Kind = FaultKind.PartitionOneWay,
                Name = "partition-one-way",
                Group = FaultGroup.Partition,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "all packets from one host to another are lost; the other direction works",
            },
            new()
            {
                Kind = FaultKind.Isolate,
                Name = "isolate",
                Group = FaultGroup.Partition,
                Target = FaultTarget.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "one host is cut off from all others",
            },
            new()
            {
                Kind = FaultKind.RandomHalves,
                Name = "random-halves",
                Group = FaultGroup.Partition,
                Target = FaultTarget.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "the hosts are split into two halves that cannot reach each other",
            },
            new()
            {
                Kind = FaultKind.Swizzle,
                Name = "swizzle",
                Group = FaultGroup.Partition,
                Target = FaultTarget.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "some hosts are cut off one by one, and reconnected one by one in a different order",
            },
            new()
            {
                Kind = FaultKind.Loss,
                Name = "loss",
                Group = FaultGroup.Loss,
                Timing = FaultTiming.AtOperations,
                Counted = "packets",
                Description =
                    "packets are lost: a stall until TCP retransmits them, a time-out if all retransmissions are lost",
            },
            new()
            {
                Kind = FaultKind.Stall,
                Name = "stall",
                Group = FaultGroup.Loss,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Stall,
                Counted = "segments with data or a FIN, including retransmissions",
                Description = "a segment and all after it are delayed, as by a loss",
            },
            new()
            {
                Kind = FaultKind.FinEarly,
                Name = "fin-early",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtSends,
                Choice = ChoiceKind.Close,
                Counted = "sends",
                Description = "a middlebox ends both directions of the connection with a FIN",
            },
            new()
            {
                Kind = FaultKind.HalfClose,
                Name = "half-close",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtSends,
                Choice = ChoiceKind.Close,
                Counted = "sends",
                Description = "a middlebox ends one direction of the connection with a FIN",
            },
            new()
            {
                Kind = FaultKind.SlowClose,
                Name = "slow-close",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Close,
                Counted = "FINs, including retransmissions",
                Description = "the end of a stream arrives late",
            },
            new()
            {
                Kind = FaultKind.Reset,
                Name = "reset",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtSends,
                Choice = ChoiceKind.Reset,
                Counted = "sends",
                Description = "a middlebox resets the connection at both endpoints",
            },
            new()
            {
                Kind = FaultKind.SilentDrop,
                Name = "silent-drop",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtSends,
                Choice = ChoiceKind.Close,
                Counted = "sends",
                Description = "all further packets are silently dropped in both directions",
            },
            new()
            {
                Kind = FaultKind.HalfOpen,
                Name = "half-open",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtSends,
                Choice = ChoiceKind.Close,
                Counted = "arrivals of data",
                Description = "the peer has lost the connection; the sender gets a reset when it sends again",
            },
            new()
            {
                Kind = FaultKind.BitFlip,
                Name = "bit-flip",
                Group = FaultGroup.Integrity,
                Timing = FaultTiming.AtSends,
                Counted = "sends",
                Description = "one bit of the sent bytes is flipped",
            },
            new()
            {
                Kind = FaultKind.Truncation,
                Name = "truncation",
                Group = FaultGroup.Integrity,
                Timing = FaultTiming.AtSends,
                Counted = "sends",
                Description = "the last bytes of a send are missing; the next send follows directly",
            },
        ];
}
