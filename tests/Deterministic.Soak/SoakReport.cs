using Deterministic.Soak.Measuring;
using Deterministic.Soak.Playing;

namespace Deterministic.Soak;

/// <summary>What a soak came to.</summary>
public sealed class SoakReport
{
    /// <summary>
    /// By how much reachable memory may have grown. The shared array pool keeps up to 32 arrays of each size for each processor, and one for each thread: with the segment sizes of this
    /// library (4 to 64 KiB) that is 4 MiB for each processor, reached at a moment that chance decides, and given back only under pressure. The rest is small change.
    /// </summary>
    private static readonly long MemoryAllowance = (4L * Environment.ProcessorCount + 4) * 1024 * 1024;

    private SoakReport(IReadOnlyList<SoakLine> lines, IReadOnlyList<string> violations)
    {
        Lines = lines;
        Violations = violations;
    }

    /// <summary>The numbers, each with its name.</summary>
    public IReadOnlyList<SoakLine> Lines { get; }

    /// <summary>What should not have happened; empty if all is well.</summary>
    public IReadOnlyList<string> Violations { get; }

    internal static SoakReport Create(
        SoakOptions options,
        Ledger warmUp,
        Ledger ledger,
        int peak,
        Footprint before,
        Footprint after,
        IReadOnlyCollection<Exception> unobserved
    )
    {
        List<string> violations = [.. warmUp.Violations, .. ledger.Violations];
        if (peak < options.Connections)
        {
            violations.Add($"Only {peak} connections were open at once, of {options.Connections}.");
        }

        if (after.Sockets > before.Sockets)
        {
            violations.Add($"{after.Sockets - before.Sockets} sockets were not given back.");
        }

        long growth = after.ManagedBytes - before.ManagedBytes;
        if (growth > MemoryAllowance)
        {
            violations.Add(
                $"Memory grew by {SoakLine.Bytes(growth)}, and {SoakLine.Bytes(MemoryAllowance)} is allowed."
            );
        }

        violations.AddRange(
            unobserved.Select(error => $"Nobody looked at an exception: {error.InnerException ?? error}")
        );
        return new SoakReport([.. LinesOf(options, ledger, peak, before, after, unobserved.Count)], violations);
    }

    private static IEnumerable<SoakLine> LinesOf(
        SoakOptions options,
        Ledger ledger,
        int peak,
        Footprint before,
        Footprint after,
        int unobserved
    )
    {
        long closed = ledger[SoakEvent.ClientClosed] + ledger[SoakEvent.ServerClosed];
        long aborted = ledger[SoakEvent.ClientAborted] + ledger[SoakEvent.ServerAborted];
        long all = ledger[SoakEvent.Orderly] + closed + aborted;
        yield return new("seed", options.Seed);
        yield return new("connections at once", peak);
        yield return new("connections in all", all);
        yield return new("  ended in order", ledger[SoakEvent.Orderly]);
        yield return new("  reset in the middle", aborted);
        yield return new("  closed in the middle", closed);
        yield return new("halves closed", ledger[SoakEvent.HalfClosed]);
        yield return new("losses seen by an end", ledger[SoakEvent.LossSeen]);
        yield return new("connects cancelled", ledger[SoakEvent.ConnectCancelled]);
        yield return new("reads cancelled", ledger[SoakEvent.ReadCancelled]);
        yield return new("drains that waited", ledger[SoakEvent.DrainWaited]);
        yield return new("drains cancelled", ledger[SoakEvent.DrainCancelled]);
        yield return new("bytes sent", SoakLine.Bytes(ledger.BytesSent));
        yield return new("bytes received, all right", SoakLine.Bytes(ledger.BytesReceived));
        yield return new("bytes lost with broken ones", SoakLine.Bytes(ledger.BytesLost));
        yield return new(
            "handlers begun and ended",
            $"{ledger[SoakEvent.HandlerBegun]} {ledger[SoakEvent.HandlerEnded]}"
        );
        yield return new("exceptions nobody looked at", unobserved);
        yield return new(
            "sockets before and after",
            $"{Footprint.Show(before.Sockets)} {Footprint.Show(after.Sockets)}"
        );
        yield return new(
            "memory before and after",
            $"{SoakLine.Bytes(before.ManagedBytes)} {SoakLine.Bytes(after.ManagedBytes)}"
        );
        yield return new(
            "memory growth per connection",
            $"{(after.ManagedBytes - before.ManagedBytes) / Math.Max(all, 1)} bytes"
        );
        yield return new("memory allowance", SoakLine.Bytes(MemoryAllowance));
    }
}
