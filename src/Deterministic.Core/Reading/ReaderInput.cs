namespace Deterministic.Core.Reading;

/// <summary>What can happen to a reader's stream.</summary>
internal enum ReaderInput
{
    /// <summary>The peer ended the stream, or the connection was lost without an error.</summary>
    EndOfFile,

    /// <summary>The connection was lost with an error.</summary>
    Failure,
}
