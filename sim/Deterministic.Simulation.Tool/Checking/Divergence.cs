using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation.Tool;

/// <summary>Two runs of one seed that differ, and where.</summary>
/// <param name="First">One of them.</param>
/// <param name="Second">The other.</param>
/// <param name="SecondRun">Where the other was run, as a continuation of "run here and".</param>
/// <param name="Traces">The first difference of their traces, if any.</param>
internal sealed record Divergence(KeptRun First, KeptRun Second, string SecondRun, TraceDifference Traces)
{
    /// <returns>Null if they do not differ.</returns>
    public static Divergence? Find(KeptRun first, KeptRun second, string secondRun)
    {
        TraceDifference traces = TraceDifference.Of(first.Events, second.Events);
        return traces.IsNone && string.Equals(first.Signature, second.Signature, StringComparison.Ordinal)
            ? null
            : new Divergence(first, second, secondRun, traces);
    }
}
