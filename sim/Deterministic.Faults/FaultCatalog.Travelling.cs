using Deterministic.Exploration;
using Deterministic.Faults.Engine;

namespace Deterministic.Faults;

public static partial class FaultCatalog
{
    private static FaultDescriptor[] Travelling =>
        [
            new()
            {
                Kind = FaultKind.Latency,
                Name = "latency",
                Group = FaultGroup.Delay,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Distribution,
                Choice = ChoiceKind.Latency,
                Counted = "packets that are not lost",
                Description = "the latency of packets follows a distribution",
            },
            new()
            {
                Kind = FaultKind.Jitter,
                Name = "jitter",
                Group = FaultGroup.Delay,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Latency,
                Counted = "packets that are not lost",
                Description = "each packet is delayed by a different time",
            },
            new()
            {
                Kind = FaultKind.PairLatency,
                Name = "pair-latency",
                Group = FaultGroup.Delay,
                Timing = FaultTiming.Standing,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Latency,
                Description = "all packets from one host to another are delayed by a constant time",
            },
            new()
            {
                Kind = FaultKind.Bandwidth,
                Name = "bandwidth",
                Group = FaultGroup.Throughput,
                Timing = FaultTiming.Standing,
                Settings = FaultSetting.Amount | FaultSetting.Spread,
                LeastSpread = LinkQueue.LeastBytes,
                UsualSpread = LinkQueue.UsualBytes,
                Measured = "bits a second; spread: bytes of the queue, 65536",
                Description = "a link has a limited bandwidth; packets are lost if its queue is full",
            },
            new()
            {
                Kind = FaultKind.Bufferbloat,
                Name = "bufferbloat",
                Group = FaultGroup.Throughput,
                Timing = FaultTiming.Standing,
                Settings = FaultSetting.Amount | FaultSetting.Spread,
                LeastSpread = LinkQueue.LeastBytes,
                UsualSpread = LinkQueue.BloatedBytes,
                Measured = "bits a second; spread: bytes of the queue, 4194304",
                Description = "a slow link with a long queue: nothing is lost, everything is late",
            },
            new()
            {
                Kind = FaultKind.Window,
                Name = "window",
                Group = FaultGroup.Throughput,
                Timing = FaultTiming.Standing,
                Settings = FaultSetting.Amount,
                Measured = "bytes",
                Description = "a receiver has a small buffer: senders block early",
            },
            new()
            {
                Kind = FaultKind.ZeroWindow,
                Name = "zero-window",
                Group = FaultGroup.Throughput,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Stall,
                Counted = "arrivals of data at an open window",
                Description = "a receiver advertises a zero window for a while: the sender waits",
            },
            new()
            {
                Kind = FaultKind.Slicer,
                Name = "slicer",
                Group = FaultGroup.Segmentation,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Amount | FaultSetting.Spread,
                Choice = ChoiceKind.Split,
                LeastAmount = 0,
                Counted = "segments of two bytes or more",
                Measured = "average bytes of a piece, 0 to split anywhere; spread: the variation",
                Description = "segments are split: a write arrives in pieces",
            },
            new()
            {
                Kind = FaultKind.ShortRead,
                Name = "short-read",
                Group = FaultGroup.Segmentation,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Split,
                Counted = "reads with two bytes or more available",
                Description = "a read returns only a part of the received bytes",
            },
            new()
            {
                Kind = FaultKind.ShortWrite,
                Name = "short-write",
                Group = FaultGroup.Segmentation,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Split,
                Counted = "sends of two bytes or more",
                Description = "a send accepts only a part of the bytes",
            },
            new()
            {
                Kind = FaultKind.Coalescing,
                Name = "coalescing",
                Group = FaultGroup.Segmentation,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Split,
                Counted = "sends of less than a segment while none waits",
                Description = "sent bytes wait for more and leave together: several writes arrive at once",
            },
        ];
}
