using System.Runtime.InteropServices;

namespace Deterministic.Core.Tests;

/// <summary>What a reader must do, written for clarity alone: one list of bytes, and every answer worked out from scratch.</summary>
internal sealed class NaiveReader(int limit)
{
    private readonly List<byte> _held = [];
    private ReadRequest _waiting;
    private bool _ended;
    private string? _error;
    private int _gathered;
    private int _skipped;
    private int _shown;
    private bool _interrupted;

    public int Buffered => _held.Count - _gathered;

    public bool AtEof => _ended && Buffered == 0;

    public bool Paused { get; private set; }

    public string Unread => Bytes.Text([.. _held.Skip(_gathered)]);

    public string Feed(byte[] data)
    {
        _held.AddRange(data);
        Paused |= Buffered > 2 * limit;
        return Poll();
    }

    public string End()
    {
        _ended = true;
        return Poll();
    }

    public string Fail(string message)
    {
        _error = message;
        return Poll();
    }

    public string Call(ReadRequest request)
    {
        _skipped = 0;
        _shown = 0;
        _waiting = request;
        return Poll();
    }

    public string TryPeek(ReadRequest request)
    {
        (_waiting, bool paused, int shown) = (request, Paused, _shown);
        string answer = Poll();
        Cancel();
        Paused = paused;
        _shown =
            answer == ReaderTalk.Pending ? shown
            : _error is null ? _shown
            : 0;
        return answer;
    }

    public string Consume(int count)
    {
        if (count > _shown)
        {
            return ReaderTalk.TooMuch;
        }

        _shown = 0;
        return Take(count);
    }

    public string Interrupt()
    {
        _interrupted = true;
        return Poll();
    }

    public void Cancel() => (_waiting, _gathered) = (default, 0);

    private string Poll()
    {
        string? answer =
            _waiting.Kind == ReadKind.None ? ReaderTalk.Pending
            : _error is null ? Answer()
            : ReaderTalk.Failed(_error);
        if (answer is null)
        {
            Paused = false;
            return ReaderTalk.Pending;
        }

        Cancel();
        return answer;
    }

    private string? Answer() =>
        _waiting.Kind switch
        {
            ReadKind.Some when _waiting.Count == 0 => ReaderTalk.Ok(""),
            ReadKind.Some => _held.Count > 0 || _ended ? Take((int)Math.Min(_waiting.Count, _held.Count)) : null,
            ReadKind.Exactly when _waiting.Count == 0 => ReaderTalk.Ok(""),
            ReadKind.Exactly => _held.Count >= _waiting.Count ? Take((int)_waiting.Count)
            : _ended ? ReaderTalk.Incomplete(Drop(_held.Count), _waiting.Count)
            : null,
            ReadKind.ToEnd => Gather(),
            ReadKind.Skip => Skip(),
            ReadKind.Peek => Peek(),
            _ => Message(),
        };

    private string? Gather()
    {
        _gathered = _held.Count;
        Resume();
        return _ended ? Take(_held.Count) : null;
    }

    private string? Peek()
    {
        if (_held.Count <= _waiting.Count && !_ended && !_interrupted)
        {
            return null;
        }

        _shown = _held.Count;
        string shown = ReaderTalk.Shown(Bytes.Text([.. _held]), _ended, _interrupted);
        _interrupted = false;
        return shown;
    }

    private string? Message()
    {
        (int start, int end) = Find();
        int unfinished = _held.Count + 1 - _waiting.Separators!.Longest;
        return (Found: end > 0, Overrun: unfinished > limit, Ended: _ended) switch
        {
            { Found: true } => start > limit
                ? ReaderTalk.OverrunFound(start)
                : Take(_waiting.Kind == ReadKind.Lines ? LastEnd(end) : end),
            { Overrun: true } => ReaderTalk.OverrunNotFound(unfinished),
            { Ended: false } => null,
            _ when _waiting.Kind is ReadKind.Line or ReadKind.Lines => ReaderTalk.Ok(Drop(_held.Count)),
            _ => ReaderTalk.Incomplete(Drop(_held.Count), -1),
        };
    }

    /// <summary>As many more whole lines as one line could be long.</summary>
    private int LastEnd(int first) => Math.Max(first, _held.Take(limit + 1).ToList().LastIndexOf((byte)'\n') + 1);

    private string? Skip()
    {
        (_, int end) = Find();
        int drop =
            end > 0 ? end
            : _ended ? _held.Count
            : _held.Count - Begun();
        _skipped += drop;
        Take(drop);
        return end > 0 || _ended ? ReaderTalk.Skipped(_skipped) : null;
    }

    /// <summary>The separator that ends first, and of those the shortest.</summary>
    private (int Start, int End) Find() =>
        (
            from end in Enumerable.Range(1, _held.Count)
            from length in Separators
                .Where(separator => EndsWith(end, separator))
                .Select(separator => separator.Length)
                .Order()
                .Take(1)
            select (end - length, end)
        ).FirstOrDefault();

    /// <summary>How many of the last bytes could begin a separator.</summary>
    private int Begun() =>
        Enumerable
            .Range(0, _held.Count + 1)
            .Last(count =>
                count == 0
                || Separators.Any(separator => count < separator.Length && EndsWith(_held.Count, separator[..count]))
            );

    private IEnumerable<ReadOnlyMemory<byte>> Separators => _waiting.Separators!.Separators;

    private bool EndsWith(int end, ReadOnlyMemory<byte> bytes) =>
        CollectionsMarshal.AsSpan(_held)[..end].EndsWith(bytes.Span);

    private string Take(int count)
    {
        string taken = ReaderTalk.Ok(Drop(count));
        Resume();
        return taken;
    }

    private string Drop(int count)
    {
        string dropped = Bytes.Text([.. _held.Take(count)]);
        _held.RemoveRange(0, count);
        _gathered = 0;
        return dropped;
    }

    private void Resume() => Paused &= Buffered > limit;
}
