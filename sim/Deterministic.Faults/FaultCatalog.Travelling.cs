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
                Description = "packets travel as long as a distribution says",
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
                Description = "packets travel longer, each by another time",
            },
            new()
            {
                Kind = FaultKind.PairLatency,
                Name = "pair-latency",
                Group = FaultGroup.Delay,
                Timing = FaultTiming.Standing,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Latency,
                Description = "all packets from one host to another travel longer, by a time that stays",
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
                Description = "a link passes so many bits a second; what finds its queue full is lost",
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
                Description = "a receiver has room for so many bytes: senders block early",
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
                Description = "a receiver announces no room for a while: the sender stands still",
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
                Measured = "bytes of a piece on average, 0 to cut anywhere; spread: how much they vary",
                Description = "segments are cut: a write arrives in pieces",
            },
            new()
            {
                Kind = FaultKind.ShortRead,
                Name = "short-read",
                Group = FaultGroup.Segmentation,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Split,
                Counted = "reads that two bytes or more are there for",
                Description = "a program is given only a part of what has arrived",
            },
            new()
            {
                Kind = FaultKind.ShortWrite,
                Name = "short-write",
                Group = FaultGroup.Segmentation,
                Timing = FaultTiming.AtOperations,
                Choice = ChoiceKind.Split,
                Counted = "sends of two bytes or more",
                Description = "the network takes only a part of what a program sends",
            },
            new()
            {
                Kind = FaultKind.Coalescing,
                Name = "coalescing",
                Group = FaultGroup.Segmentation,
                Timing = FaultTiming.AtOperations,
                Settings = FaultSetting.Time,
                Choice = ChoiceKind.Split,
                Counted = "sends of less than a segment that find nothing waiting",
                Description = "what is sent waits for more and leaves as one: several writes arrive together",
            },
        ];
}
