using System.Buffers;
using Deterministic.Core;

namespace Deterministic.Conformance;

/// <summary>kind reader: a <see cref="ReaderMachine"/> that the script feeds, and that a caller polls as its documentation says.</summary>
internal sealed class ReaderWorld(Script script) : IWorld
{
    private readonly ReaderMachine _machine = new(script.Limit);
    private readonly KnownSeparators _separators = new();
    private (Identity Id, Call Call, TaskCompletionSource<Outcome> Source)? _waiting;
    private bool _paused;

    public EventLog Events { get; } = new();

    public CallList Calls { get; } = new();

    public WorldState State => new(_machine.Buffered, _machine.AtEof, _machine.IsPaused);

    public void Do(Step step)
    {
        switch (step)
        {
            case Step.Feed feed:
                Feed(feed.Data);
                break;
            case Step.FeedEof:
                _machine.ReceivedEof();
                break;
            case Step.SetException error:
                _machine.Failed(new ConnectionException(ConnectionErrorKind.Reset, error.Name));
                break;
            case Step.MakeCall made:
                Make(made.Id, made.Call);
                break;
            case Step.Cancel cancelled:
                Cancel(cancelled.Id);
                break;
            default:
                throw new ArgumentException($"A reader knows no step {step}.", nameof(step));
        }

        Poll();
    }

    public void End()
    {
        _machine.Cancel();
        _machine.TakeBuffered();
        _machine.Release();
    }

    private void Feed(byte[] data)
    {
        try
        {
            _machine.Feed(data);
        }
        catch (InvalidOperationException)
        {
            Events.Refused("assertion");
        }
    }

    private void Make(Identity id, Call call)
    {
        try
        {
            ReadOutcome outcome = _machine.Begin(Request(call));
            if (outcome.Status != ReadStatus.Pending)
            {
                Calls.Add(id, Task.FromResult(Translate(outcome, call)));
                return;
            }

            TaskCompletionSource<Outcome> source = new();
            _waiting = (id, call, source);
            Calls.Add(id, source.Task);
        }
        catch (ArgumentException)
        {
            Calls.Add(id, Task.FromResult(Outcome.BadArgument));
        }
        catch (InvalidOperationException)
        {
            Calls.Add(id, Task.FromResult(Outcome.Busy));
        }
    }

    private void Cancel(Identity id)
    {
        if (_waiting is { } waiting && waiting.Id == id)
        {
            _machine.Cancel();
            waiting.Source.SetResult(Outcome.Cancelled);
            _waiting = null;
        }
    }

    /// <summary>What an owner of a machine does after every input: obey its wish to pause, see whether the waiting read has ended, obey again.</summary>
    private void Poll()
    {
        ObservePause();
        if (_waiting is { } waiting && _machine.TryComplete(out ReadOutcome outcome))
        {
            waiting.Source.SetResult(Translate(outcome, waiting.Call));
            _waiting = null;
        }

        ObservePause();
    }

    private void ObservePause()
    {
        if (_paused == _machine.IsPaused)
        {
            return;
        }

        _paused = _machine.IsPaused;
        if (_paused)
        {
            Events.Paused();
        }
        else
        {
            Events.Resumed();
        }
    }

    private ReadRequest Request(Call call) =>
        call switch
        {
            Call.Read read => ReadRequest.Read(read.Count),
            Call.ReadLine or Call.Next => ReadRequest.Line,
            Call.ReadExactly read => ReadRequest.Exactly(read.Count),
            Call.ReadUntil read => ReadRequest.Until(_separators.Prepare(read.Separators)),
            _ => throw new InvalidDataException($"A reader knows no call {call}."),
        };

    private static Outcome Translate(in ReadOutcome outcome, Call call) =>
        outcome.Status switch
        {
            ReadStatus.Completed when call is Call.Next && outcome.Data.IsEmpty => Outcome.End,
            ReadStatus.Completed => Outcome.Ok(outcome.Data.ToArray()),
            ReadStatus.Incomplete => Outcome.Incomplete(
                outcome.Data.ToArray(),
                outcome.Count < 0 ? null : outcome.Count
            ),
            ReadStatus.OverrunFound or ReadStatus.OverrunNotFound when call is Call.ReadLine or Call.Next =>
                Outcome.LineOverrun,
            ReadStatus.OverrunFound or ReadStatus.OverrunNotFound => Outcome.Overrun(outcome.Count),
            ReadStatus.Failed => Outcome.Exception(outcome.Error!.Message),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Status, "No end of a read."),
        };
}
