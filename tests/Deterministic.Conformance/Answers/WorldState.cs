namespace Deterministic.Conformance;

/// <summary>What is the case at the end of a step.</summary>
/// <param name="Buffered">Bytes in the reader (reader kind) or queued for sending (writer kind).</param>
/// <param name="AtEof">Whether the stream has ended and was read to its end.</param>
/// <param name="Paused">Whether reading (reader kind) or writing (writer kind) is paused.</param>
/// <param name="OfConnection">What only a connection has; null for the reader kind.</param>
internal readonly record struct WorldState(
    long Buffered,
    bool AtEof,
    bool Paused,
    ConnectionStanding? OfConnection = null
);
