using System.Buffers;
using Deterministic.Soak.Content;
using Deterministic.Soak.Planning;
using Deterministic.Streams;

namespace Deterministic.Soak.Playing;

/// <summary>What one end of a connection does: sends its direction and receives the other one, at once, by the plan.</summary>
internal sealed class Flows(Connection connection, Session session, Side side, Ledger ledger, CancellationToken guard)
{
    /// <summary>Of the reads, or drains, that wait, one in so many is cancelled.</summary>
    private const int CancelOneIn = 4;

    private readonly SessionPlan _plan = session.Plan;
    private readonly Direction _out = side == Side.Client ? session.ToServer : session.ToClient;
    private readonly Direction _in = side == Side.Client ? session.ToClient : session.ToServer;

    public async Task RunAsync()
    {
        await session.Gate.WaitAsync(guard);
        if (side == Side.Server && _plan.AnswersAtTheEnd)
        {
            await ReceiveAsync();
            await SendAsync();
        }
        else
        {
            await Task.WhenAll(SendAsync(), ReceiveAsync());
        }
    }

    private async Task SendAsync()
    {
        Random random = new(unchecked(_plan.Seed + (int)side));
        while (_out.Sent.Count < _out.Planned)
        {
            if (TryBreak())
            {
                return;
            }

            ReadOnlySpan<byte> bytes = _out.Next(1 + random.Next(Noise.MostAtOnce));
            // First the tally: once written they can be at the other end before this goes on.
            _out.Sent.Add(bytes);
            connection.Writer.Write(bytes);
            await DrainAsync(random);
        }

        if (!TryBreak() && connection.Writer.CanWriteEof)
        {
            connection.Writer.WriteEof();
            ledger.Count(SoakEvent.HalfClosed);
        }
    }

    private bool TryBreak()
    {
        bool due = _plan.Breaks(side) && _out.Sent.Count >= _plan.BreakAfter;
        if (due && _plan.IsAborted)
        {
            connection.Abort();
        }
        else if (due)
        {
            connection.Writer.Close();
        }

        return due;
    }

    private async Task ReceiveAsync()
    {
        Random random = new(unchecked(_plan.Seed - 1 - (int)side));
        while (await ReadAsync(random) is { IsEmpty: false } bytes)
        {
            if (!_in.TryReceive(bytes))
            {
                ledger.Report(
                    $"Other bytes arrived at the {side} than were sent, after {_in.Received.Count}, on {session}."
                );
                connection.Abort();
                return;
            }
        }

        _in.EndSeen = true;
    }

    private async Task DrainAsync(Random random)
    {
        ValueTask drain = connection.Writer.DrainAsync(guard);
        if (drain.IsCompleted)
        {
            await drain;
            return;
        }

        ledger.Count(SoakEvent.DrainWaited);
        if (!IsCancelDue(random))
        {
            await drain;
            return;
        }

        // A second wait beside the first: one is cancelled, the other must not notice.
        using CancellationTokenSource cancel = new();
        Task second = connection.Writer.DrainAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        try
        {
            await second;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            ledger.Count(SoakEvent.DrainCancelled);
        }
        finally
        {
            await drain;
        }
    }

    private async ValueTask<ReadOnlySequence<byte>> ReadAsync(Random random)
    {
        int most = 1 + random.Next(2 * _plan.Limit);
        while (IsCancelDue(random))
        {
            using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(guard);
            Task<byte[]> read = connection.Reader.ReadAsync(most, cancel.Token).AsTask();
            await Task.Yield();
            await cancel.CancelAsync();
            try
            {
                return new ReadOnlySequence<byte>(await read);
            }
            catch (OperationCanceledException) when (!guard.IsCancellationRequested)
            {
                // It took nothing: the next read goes on where this one began.
                ledger.Count(SoakEvent.ReadCancelled);
            }
        }

        return random.Next(2) == 0
            ? await connection.Reader.BorrowAsync(most, guard)
            : new ReadOnlySequence<byte>(await connection.Reader.ReadAsync(most, guard));
    }

    private bool IsCancelDue(Random random) => _plan.Cancels && random.Next(CancelOneIn) == 0;
}
