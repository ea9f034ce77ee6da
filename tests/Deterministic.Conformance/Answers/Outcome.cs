namespace Deterministic.Conformance;

/// <summary>How a call ended, in the terms of the format.</summary>
/// <param name="Kind">Which of the outcomes.</param>
/// <param name="Data">The bytes of <see cref="OutcomeKind.Ok"/> (null where nothing is returned) and <see cref="OutcomeKind.Incomplete"/>.</param>
/// <param name="Count">The number of <see cref="OutcomeKind.Incomplete"/> (null where unknown) and <see cref="OutcomeKind.Overrun"/>.</param>
/// <param name="Text">The text of <see cref="OutcomeKind.Exception"/> and <see cref="OutcomeKind.Error"/>.</param>
internal readonly record struct Outcome(OutcomeKind Kind, byte[]? Data = null, long? Count = null, string? Text = null)
{
    public static readonly Outcome Nothing = new(OutcomeKind.Ok);
    public static readonly Outcome End = new(OutcomeKind.End);
    public static readonly Outcome Cancelled = Error("cancelled");
    public static readonly Outcome Busy = Error("busy");
    public static readonly Outcome BadArgument = Error("bad_argument");
    public static readonly Outcome LineOverrun = Error("line_overrun");

    public static Outcome Ok(byte[] data) => new(OutcomeKind.Ok, Data: data);

    public static Outcome Incomplete(byte[] partial, long? expected) => new(OutcomeKind.Incomplete, partial, expected);

    public static Outcome Overrun(long consumed) => new(OutcomeKind.Overrun, Count: consumed);

    public static Outcome Exception(string message) => new(OutcomeKind.Exception, Text: message);

    private static Outcome Error(string name) => new(OutcomeKind.Error, Text: name);
}
