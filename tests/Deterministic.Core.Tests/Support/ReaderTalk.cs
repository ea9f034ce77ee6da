namespace Deterministic.Core.Tests;

/// <summary>A vocabulary for tests of the reader: text for bytes, and outcomes as one line.</summary>
internal static class ReaderTalk
{
    public const string Pending = "pending";

    /// <summary>More was consumed than was shown.</summary>
    public const string TooMuch = "too much";

    /// <summary>Feeds, and answers the read that waits, if there is one and it has an answer.</summary>
    public static string Feed(this ReaderMachine reader, string text)
    {
        reader.Feed(Bytes.Of(text));
        return reader.Poll();
    }

    /// <summary>Receives into lent memory, as a driver does.</summary>
    public static string Receive(this ReaderMachine reader, ReadOnlySpan<byte> data)
    {
        data.CopyTo(reader.Reserve().Span);
        reader.Received(data.Length);
        return reader.Poll();
    }

    public static string End(this ReaderMachine reader)
    {
        reader.ReceivedEof();
        return reader.Poll();
    }

    public static string Fail(this ReaderMachine reader, string message)
    {
        reader.Failed(new ConnectionException(message));
        return reader.Poll();
    }

    public static string Poll(this ReaderMachine reader)
    {
        ReadKind waiting = reader.PendingRead;
        return reader.TryComplete(out ReadOutcome outcome) ? Say(outcome, waiting) : Pending;
    }

    public static string Read(this ReaderMachine reader, long count) => reader.Ask(ReadRequest.Read(count));

    public static string ReadToEnd(this ReaderMachine reader) => reader.Ask(ReadRequest.ToEnd);

    public static string Exactly(this ReaderMachine reader, long count) => reader.Ask(ReadRequest.Exactly(count));

    public static string Line(this ReaderMachine reader) => reader.Ask(ReadRequest.Line);

    public static string Until(this ReaderMachine reader, params string[] separators) =>
        reader.Ask(ReadRequest.Until(Bytes.Separators(separators)));

    public static string Skip(this ReaderMachine reader, params string[] separators) =>
        reader.Ask(ReadRequest.Skip(Bytes.Separators(separators)));

    public static string Peek(this ReaderMachine reader, long seen = 0) => reader.Ask(ReadRequest.Peek(seen));

    public static string Interrupted(this ReaderMachine reader)
    {
        reader.Interrupt();
        return reader.Poll();
    }

    public static string Ask(this ReaderMachine reader, ReadRequest request) =>
        Say(reader.Begin(request), request.Kind);

    public static string BufferedText(this ReaderMachine reader) => Bytes.Text(reader.PeekBuffered());

    public static string TakeAll(this ReaderMachine reader) => Bytes.Text(reader.TakeBuffered());

    public static string Ok(string data) => $"ok '{data}'";

    public static string Shown(string data, bool last = false, bool interrupted = false) =>
        $"{(interrupted ? "interrupted" : "shown")} '{data}'{(last ? ", the last" : "")}";

    public static string Skipped(long count) => $"skipped {count}";

    public static string Incomplete(string data, long expected) => $"incomplete '{data}' of {expected}";

    public static string OverrunFound(long consumed) => $"overrun, found at {consumed}";

    public static string OverrunNotFound(long consumed) => $"overrun, not found in {consumed}";

    public static string Failed(string message) => $"failed: {message}";

    public static string Say(in ReadOutcome outcome, ReadKind kind) =>
        outcome.Status switch
        {
            ReadStatus.Pending => Pending,
            ReadStatus.Completed or ReadStatus.Interrupted when kind == ReadKind.Peek => Shown(
                Bytes.Text(outcome.Data),
                outcome.IsLast,
                outcome.Status == ReadStatus.Interrupted
            ),
            ReadStatus.Completed => kind == ReadKind.Skip ? Skipped(outcome.Count) : Ok(Bytes.Text(outcome.Data)),
            ReadStatus.Incomplete => Incomplete(Bytes.Text(outcome.Data), outcome.Count),
            ReadStatus.OverrunFound => OverrunFound(outcome.Count),
            ReadStatus.OverrunNotFound => OverrunNotFound(outcome.Count),
            ReadStatus.Failed => Failed(outcome.Error!.Message),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
}
