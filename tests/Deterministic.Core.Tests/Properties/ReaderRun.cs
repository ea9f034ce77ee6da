using System.Buffers;

namespace Deterministic.Core.Tests;

/// <summary>Plays a script on a reader with a checked pool, and watches borrowed memory.</summary>
internal sealed class ReaderRun
{
    private const string Refused = "refused";
    private const string Busy = "busy";

    private readonly ReaderMachine _reader;
    private Memory<byte> _lent;
    private ReadOnlySequence<byte> _borrowed;
    private string _borrowedText = "";

    public ReaderRun(ReaderScript script) => _reader = new ReaderMachine(script.Limit, Pool);

    public CheckedPool Pool { get; } = new();

    /// <summary>Everything that went in.</summary>
    public string In { get; private set; } = "";

    /// <summary>Everything that came out of reads.</summary>
    public string Out { get; private set; } = "";

    public static ReaderRun Of(ReaderScript script, Action<ReaderRun, ReaderStep, string>? after = null)
    {
        ReaderRun run = new(script);
        foreach (ReaderStep step in script.Steps)
        {
            string answer = run.Play(step);
            after?.Invoke(run, step, answer);
        }

        return run;
    }

    /// <summary>All that can be seen of a reader from outside.</summary>
    public string Describe() => Describe(_reader.Buffered, _reader.AtEof, _reader.IsPaused, _reader.BufferedText());

    public static string Describe(long buffered, bool atEof, bool paused, string unread) =>
        $"buffered {buffered}, at eof {atEof}, paused {paused}, unread '{unread}'";

    /// <summary>What was lent by the last read, and was it as it is now when it was lent?</summary>
    public void VerifyBorrowed() => Bytes.Text(_borrowed).ShouldBe(_borrowedText);

    /// <summary>Ends what is under way, and reads what is left.</summary>
    public void Finish()
    {
        GiveBack();
        _reader.Cancel();
        Out += _reader.TakeAll();
        _reader.Release();
    }

    /// <summary>What a naive reader says to the same step.</summary>
    public static string PlayOn(NaiveReader naive, ReaderStep step, string answer)
    {
        if (answer is Refused or Busy)
        {
            return answer;
        }

        switch (step.Kind)
        {
            case ReaderStepKind.Feed or ReaderStepKind.Receive:
                return naive.Feed(Bytes.Of(step.Data));
            case ReaderStepKind.End:
                return naive.End();
            case ReaderStepKind.Fail:
                return naive.Fail(step.Data);
            case ReaderStepKind.Call:
                return naive.Call(step.Request);
            case ReaderStepKind.TryPeek:
                return naive.TryPeek(step.Request);
            case ReaderStepKind.Consume:
                return naive.Consume((int)step.Count);
            case ReaderStepKind.Interrupt:
                return naive.Interrupt();
            case ReaderStepKind.Cancel:
                naive.Cancel();
                return answer;
            default:
                return answer;
        }
    }

    private string Play(ReaderStep step)
    {
        switch (step.Kind)
        {
            case ReaderStepKind.Lend:
                _lent = _lent.IsEmpty ? _reader.Reserve() : _lent;
                return "";
            case ReaderStepKind.Feed or ReaderStepKind.Receive:
                return Feed(step);
            case ReaderStepKind.End:
                _reader.ReceivedEof();
                return Poll();
            case ReaderStepKind.Fail:
                _reader.Failed(new ConnectionException(step.Data));
                return Poll();
            case ReaderStepKind.Cancel:
                ReadKind waiting = _reader.PendingRead;
                _reader.Cancel().ShouldBe(waiting != ReadKind.None);
                return "";
            case ReaderStepKind.TryPeek:
                return UnlessBusy(() =>
                    _reader.TryPeek(step.Request.Count, out ReadOutcome outcome)
                        ? Note(outcome, ReadKind.Peek)
                        : ReaderTalk.Pending
                );
            case ReaderStepKind.Consume:
                return UnlessBusy(() => Consume(step.Count));
            case ReaderStepKind.Interrupt:
                _reader.Interrupt();
                return Poll();
            default:
                return UnlessBusy(() => Note(_reader.Begin(step.Request), step.Request.Kind));
        }
    }

    private string Consume(long count)
    {
        try
        {
            _reader.Consume(count);
        }
        catch (ArgumentOutOfRangeException)
        {
            return ReaderTalk.TooMuch;
        }

        string taken = _borrowedText[..(int)count];
        Out += taken;
        _borrowed = default;
        _borrowedText = "";
        return ReaderTalk.Ok(taken);
    }

    private string Feed(ReaderStep step)
    {
        byte[] data = Bytes.Of(step.Data);
        try
        {
            if (_lent.IsEmpty && step.Kind == ReaderStepKind.Receive)
            {
                _lent = _reader.Reserve();
            }

            if (data.Length > _lent.Length)
            {
                GiveBack();
                _reader.Feed(data);
            }
            else
            {
                data.CopyTo(_lent);
                _lent = default;
                _reader.Received(data.Length);
            }
        }
        catch (InvalidOperationException)
        {
            (_reader.State is ReaderState.Ended or ReaderState.EndedAndFailed).ShouldBeTrue(
                "data is refused only after the end"
            );
            return Refused;
        }

        In += step.Data;
        return Poll();
    }

    private string UnlessBusy(Func<string> call)
    {
        ReadKind waiting = _reader.PendingRead;
        try
        {
            return call();
        }
        catch (InvalidOperationException)
        {
            waiting.ShouldNotBe(ReadKind.None, "a call is refused only while a read waits");
            _reader.PendingRead.ShouldBe(waiting);
            return Busy;
        }
    }

    private string Poll()
    {
        ReadKind waiting = _reader.PendingRead;
        return _reader.TryComplete(out ReadOutcome outcome) ? Note(outcome, waiting) : ReaderTalk.Pending;
    }

    private string Note(in ReadOutcome outcome, ReadKind kind)
    {
        _borrowed = outcome.Data;
        _borrowedText = Bytes.Text(outcome.Data);
        Out += kind == ReadKind.Peek ? "" : _borrowedText;
        return ReaderTalk.Say(outcome, kind);
    }

    private void GiveBack()
    {
        if (!_lent.IsEmpty)
        {
            _lent = default;
            _reader.Received(0);
        }
    }
}
