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
                Description = "nothing leaves a host for a while; it leaves afterwards",
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
                Description = "nothing arrives at a host for a while; it arrives afterwards",
            },
            new()
            {
                Kind = FaultKind.ClogPair,
                Name = "clog-pair",
                Group = FaultGroup.Stall,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Stall,
                Description = "nothing passes between two hosts for a while; it passes afterwards",
            },
            new()
            {
                Kind = FaultKind.Hold,
                Name = "hold",
                Group = FaultGroup.Stall,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Stall,
                Description = "the link from one host to another holds what it carries, and lets it go afterwards",
            },
            new()
            {
                Kind = FaultKind.Partition,
                Name = "partition",
                Group = FaultGroup.Partition,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "two hosts lose whatever they send each other",
            },
            new()
            {
                Kind = FaultKind.PartitionOneWay,
                Name = "partition-one-way",
                Group = FaultGroup.Partition,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "what one host sends another is lost; the other way is open",
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
                Description = "the hosts fall into two halves that cannot reach each other",
            },
            new()
            {
                Kind = FaultKind.Swizzle,
                Name = "swizzle",
                Group = FaultGroup.Partition,
                Target = FaultTarget.Host,
                Timing = FaultTiming.AtTimes,
                Settings = FaultSetting.Time,
                Description = "some hosts are cut off one by one, and come back one by one in another order",
            },
            new()
            {
                Kind = FaultKind.Loss,
                Name = "loss",
                Group = FaultGroup.Loss,
                Timing = FaultTiming.AtOperations,
                Counted = "packets",
                Description = "packets are lost: a stall until TCP has sent them again, a time-out once it gives up",
            },
            new()
            {
                Kind = FaultKind.Stall,
                Name = "stall",
                Group = FaultGroup.Loss,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Stall,
                Counted = "segments with data or a FIN, those sent again too",
                Description = "a segment and all behind it are held up, as by a loss",
            },
            new()
            {
                Kind = FaultKind.FinEarly,
                Name = "fin-early",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtSends,
                Choice = ChoiceKind.Close,
                Counted = "sends",
                Description = "something on the way ends the connection in good order, both directions of it",
            },
            new()
            {
                Kind = FaultKind.HalfClose,
                Name = "half-close",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtSends,
                Choice = ChoiceKind.Close,
                Counted = "sends",
                Description = "something on the way ends one direction in good order",
            },
            new()
            {
                Kind = FaultKind.SlowClose,
                Name = "slow-close",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Close,
                Counted = "FINs, those sent again too",
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
                Description = "something on the way resets the connection, for both ends",
            },
            new()
            {
                Kind = FaultKind.SilentDrop,
                Name = "silent-drop",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtSends,
                Choice = ChoiceKind.Close,
                Counted = "sends",
                Description = "from now on nothing gets through in either direction, silently",
            },
            new()
            {
                Kind = FaultKind.HalfOpen,
                Name = "half-open",
                Group = FaultGroup.Close,
                Timing = FaultTiming.AtSends,
                Choice = ChoiceKind.Close,
                Counted = "arrivals of data",
                Description = "the peer has lost the connection, and who sends is told only when it sends again",
            },
            new()
            {
                Kind = FaultKind.BitFlip,
                Name = "bit-flip",
                Group = FaultGroup.Integrity,
                Timing = FaultTiming.AtSends,
                Counted = "sends",
                Description = "one bit of what is sent is flipped",
            },
            new()
            {
                Kind = FaultKind.Truncation,
                Name = "truncation",
                Group = FaultGroup.Integrity,
                Timing = FaultTiming.AtSends,
                Counted = "sends",
                Description = "the end of what is sent is missing; what is sent next follows at once",
            },
        ];
}
