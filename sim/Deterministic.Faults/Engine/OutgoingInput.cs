namespace Deterministic.Faults.Engine;

/// <summary>What moves an <see cref="OutgoingState"/>.</summary>
internal enum OutgoingInput
{
    /// <summary>The program writes.</summary>
    Write,

    /// <summary>The program ends its half.</summary>
    Shutdown,

    /// <summary>A fault ends the half.</summary>
    Cut,

    /// <summary>The reset that answers a write behind the cut arrives.</summary>
    Answer,

    /// <summary>A fault loses everything from now on.</summary>
    Blackhole,

    /// <summary>The connection is lost.</summary>
    Lose,
}
