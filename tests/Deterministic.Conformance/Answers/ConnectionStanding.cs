namespace Deterministic.Conformance;

/// <summary>What only a connection has.</summary>
/// <param name="Closing">Whether close, abort or a loss has begun.</param>
/// <param name="Unread">Bytes in the reader.</param>
internal readonly record struct ConnectionStanding(bool Closing, long Unread);
