using Deterministic.Soak.Measuring;
using Deterministic.Soak.Playing;
using Deterministic.Soak.Running;

namespace Deterministic.Soak;

/// <summary>
/// A soak: many connections at once on the real sockets of this machine, with random sizes, half-closes, resets and cancels, for a while;
/// then it is seen whether every byte is accounted for, and whether all that it took is given back.
/// </summary>
/// <remarks>
/// Map: <c>Planning</c> draws what is to happen on a connection, <c>Playing</c> does it on both ends and keeps the ledger, <c>Content</c> is what is sent,
/// <c>Measuring</c> looks at the process, <c>Running</c> puts it together.
/// </remarks>
public static class SoakRun
{
    /// <summary>Descriptors of the runtime itself, the listening socket, and what else is open.</summary>
    private const int OtherDescriptors = 200;

    /// <summary>Of the duration, what comes before as a warm-up: it fills the pools and compiles the code, so that what grows afterwards is a leak.</summary>
    private const double WarmUpShare = 0.1;

    /// <summary>Of the duration, how long new connections are begun. The rest is for the last of them, and for counting.</summary>
    private const double SoakShare = 0.8;

    /// <summary>Runs it.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="interrupt">Ends it early.</param>
    /// <exception cref="SoakRefusedException">This process may not open enough descriptors.</exception>
    public static async Task<SoakReport> RunAsync(SoakOptions options, CancellationToken interrupt = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfTooMany(options);
        // Whatever the process did before is not of this run.
        await Footprint.TakeAsync();
        using UnobservedErrors unobserved = new();

        Ledger warmUp = new();
        await Round.RunAsync(options, options.Duration * WarmUpShare, warmUp, interrupt);
        Footprint before = await Footprint.TakeAsync();

        Ledger ledger = new();
        int peak = await Round.RunAsync(options, options.Duration * SoakShare, ledger, interrupt);
        Footprint after = await Footprint.TakeAsync(atMost: before.Sockets);
        interrupt.ThrowIfCancellationRequested();

        return SoakReport.Create(options, warmUp, ledger, peak, before, after, unobserved.Found);
    }

    private static void ThrowIfTooMany(SoakOptions options)
    {
        // Both ends of each are in this process.
        int needed = (2 * options.Connections) + OtherDescriptors;
        if (Descriptors.FindLimit() is { } limit && needed > limit)
        {
            throw new SoakRefusedException(
                $"{options.Connections} connections take about {needed} file descriptors, and this process may open {limit}. "
                    + $"Raise the limit first (ulimit -n {needed}), or ask for fewer: --connections {Math.Max(1, (limit - OtherDescriptors) / 2)}."
            );
        }
    }
}
