namespace Deterministic.Streams.Driving;

/// <summary>
/// What stands behind a <see cref="ValueTask"/> of the streams that is not complete. For tools that explain what each wait is for, such as a simulator at a deadlock: they find
/// it in the awaiter of a suspended method. Any thread may ask; the answer is true only while nothing else runs.
/// </summary>
public interface IStreamWait
{
    /// <summary>What is waited for, in words: <c>a line (ReadLineAsync)</c>.</summary>
    string Reason { get; }

    /// <summary>Which connection it is about; null if none.</summary>
    Transport? Transport { get; }

    /// <summary>Whether it normally lasts as long as the program, as serving does: then it does not explain why a program makes no progress. False by default.</summary>
    bool LastsForever => false;
}
