using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Conformance;

/// <summary>The calls of a script as awaits of a connection's reader and writer, each with a token that can cancel it.</summary>
internal sealed class AwaitedCalls(Connection connection, StreamForm form)
{
    private readonly AsyncStreamReader _reader = connection.Reader;
    private readonly KnownSeparators _separators = new();
    private readonly Dictionary<Identity, CancellationTokenSource> _sources = [];
    private readonly Loan _loan = new();

    public Task<Outcome> Start(Identity id, Call call)
    {
        CancellationTokenSource source = new();
        _sources.Add(id, source);
        return AnswerAsync(call, source.Token);
    }

    /// <summary>A call that has ended, or was never made, is left alone.</summary>
    public void Cancel(Identity id)
    {
        if (_sources.TryGetValue(id, out CancellationTokenSource? source))
        {
            source.Cancel();
        }
    }

    public void CancelAll()
    {
        foreach (CancellationTokenSource source in _sources.Values)
        {
            source.Cancel();
            source.Dispose();
        }

        _loan.End();
    }

    // ConfigureAwait(false) throughout: whoever runs the player may have a context that would run the rest elsewhere and later.
    private async Task<Outcome> AnswerAsync(Call call, CancellationToken token)
    {
        try
        {
            switch (call)
            {
                case Call.Next:
                    _loan.End();
                    IAsyncEnumerator<byte[]> lines = _reader.GetAsyncEnumerator(token);
                    await using (lines.ConfigureAwait(false))
                    {
                        return await lines.MoveNextAsync().ConfigureAwait(false)
                            ? Outcome.Ok(lines.Current)
                            : Outcome.End;
                    }

                case Call.Drain:
                    await connection.Writer.DrainAsync(token).ConfigureAwait(false);
                    return Outcome.Nothing;
                case Call.WaitClosed:
                    await connection.Writer.WaitClosedAsync(token).ConfigureAwait(false);
                    return Outcome.Nothing;
                case Call.Read or Call.ReadLine or Call.ReadExactly or Call.ReadUntil when form == StreamForm.Borrowed:
                    _loan.End();
                    return Outcome.Ok(_loan.Copy(await BorrowAsync(call, token).ConfigureAwait(false)));
                default:
                    return Outcome.Ok(await ReadAsync(call, token).ConfigureAwait(false));
            }
        }
        catch (LimitOverrunException error)
        {
            return call is Call.ReadUntil ? Outcome.Overrun(error.Consumed) : Outcome.LineOverrun;
        }
        catch (IncompleteReadException error)
        {
            return Outcome.Incomplete(error.Partial.ToArray(), error.Expected);
        }
        catch (ConnectionException error)
        {
            return Outcome.Exception(error.Message);
        }
        catch (OperationCanceledException)
        {
            return Outcome.Cancelled;
        }
        catch (ArgumentException)
        {
            return Outcome.BadArgument;
        }
        catch (InvalidOperationException)
        {
            return Outcome.Busy;
        }
    }

    private ValueTask<byte[]> ReadAsync(Call call, CancellationToken token) =>
        call switch
        {
            Call.Read read => _reader.ReadAsync(read.Count, token),
            Call.ReadLine => _reader.ReadLineAsync(token),
            Call.ReadExactly read => _reader.ReadExactlyAsync(read.Count, token),
            Call.ReadUntil { Separators: [byte[] separator] } => _reader.ReadUntilAsync(separator, token),
            Call.ReadUntil read => _reader.ReadUntilAsync(_separators.Prepare(read.Separators), token),
            _ => throw new InvalidDataException($"A connection knows no call {call}."),
        };

    private ValueTask<ReadOnlySequence<byte>> BorrowAsync(Call call, CancellationToken token) =>
        call switch
        {
            Call.Read { Count: < 0 } => _reader.BorrowToEndAsync(token),
            Call.Read read => _reader.BorrowAsync(read.Count, token),
            Call.ReadLine => _reader.BorrowLineAsync(token),
            Call.ReadExactly read => _reader.BorrowExactlyAsync(read.Count, token),
            Call.ReadUntil { Separators: [byte[] separator] } => _reader.BorrowUntilAsync(separator, token),
            Call.ReadUntil read => _reader.BorrowUntilAsync(_separators.Prepare(read.Separators), token),
            _ => throw new InvalidDataException($"A connection knows no call {call}."),
        };
}
