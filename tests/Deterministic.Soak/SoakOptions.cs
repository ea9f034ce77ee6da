using Deterministic.Soak.Running;

namespace Deterministic.Soak;

/// <summary>What to run.</summary>
public sealed record SoakOptions
{
    /// <summary>Connections at once.</summary>
    public int Connections { get; init; } = 2000;

    /// <summary>How long it takes, warm-up included; the last connections may take a moment more.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What the connections are made over.</summary>
    public TransportKind Road { get; init; }

    /// <summary>What the plans are drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How much longer than its duration a round may take before whatever is left counts as hanging. Sixty times what the longest plan takes.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(60);
}
