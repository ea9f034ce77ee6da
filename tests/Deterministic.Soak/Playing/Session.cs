using Deterministic.Soak.Content;
using Deterministic.Soak.Planning;

namespace Deterministic.Soak.Playing;

/// <summary>One connection and its bookkeeping, shared by its two ends.</summary>
/// <param name="number">Unique in the run. The first thing the client sends, so that the server knows which one it is.</param>
/// <param name="plan">What is to happen.</param>
/// <param name="gate">Both ends exchange their bytes once this has come: it keeps the first connections open until all are there.</param>
internal sealed class Session(long number, SessionPlan plan, Task gate)
{
    private int _endsOver;

    public long Number { get; } = number;

    public SessionPlan Plan { get; } = plan;

    public Task Gate { get; } = gate;

    public Direction ToServer { get; } = new((long)plan.Seed * 2, plan.ToServer);

    public Direction ToClient { get; } = new(((long)plan.Seed * 2) + 1, plan.ToClient);

    /// <summary>One of its ends is over.</summary>
    /// <returns>Whether both are now.</returns>
    public bool EndOver() => Interlocked.Increment(ref _endsOver) == 2;

    public override string ToString() =>
        $"connection {Number} ({Plan}; to the server {ToServer}; to the client {ToClient})";
}
