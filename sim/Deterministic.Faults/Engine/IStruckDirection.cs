namespace Deterministic.Faults.Engine;

/// <summary>One direction of a connection, to a fault that strikes behind what was sent there.</summary>
internal interface IStruckDirection
{
    /// <summary>Something on the way resets both endpoints.</summary>
    void Reset();

    /// <summary>Something on the way ends the stream: the receiver gets its end, and what the sender sends from now on is answered with a reset.</summary>
    void Cut();

    /// <summary>As <see cref="Cut"/>, for the other direction, behind what was sent there.</summary>
    void CutOther();

    /// <summary>From now on nothing gets through, in either direction, without a sign.</summary>
    void Blackhole();

    /// <summary>The receiver loses its state, as after a power cut: the sender is reset when it sends more.</summary>
    void ForgetAtReceiver();
}
