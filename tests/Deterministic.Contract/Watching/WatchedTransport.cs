using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract;

/// <summary>A transport between the streams and the driver's. What breaks a rule is noted, and a report that nobody waits for is not passed on.</summary>
internal sealed class WatchedTransport : Transport, ITransportHandler
{
    /// <summary>Whether this thread is inside a call into a driver's transport.</summary>
    [ThreadStatic]
    private static bool _calling;

    private readonly Transport _driver;
    private readonly Findings _findings;
    private readonly OperationLedger _ledger = new();

    /// <summary>What the driver is lent for a send under way.</summary>
    private LentBytes? _lent;

    public WatchedTransport(Transport driver, Findings findings)
    {
        _driver = driver;
        _findings = findings;
        findings.Add(this);
        driver.Attach(this);
    }

    public override EndPoint? LocalEndPoint => _driver.LocalEndPoint;

    public override EndPoint? RemoteEndPoint => _driver.RemoteEndPoint;

    public override TimeProvider TimeProvider => _driver.TimeProvider;

    public override bool CanShutdownWrite => _driver.CanShutdownWrite;

    public override bool ClosesAtEndOfFile => _driver.ClosesAtEndOfFile;

    public override bool AllowsBlockingWaits => _driver.AllowsBlockingWaits;

    public override void BeginBlocking(BlockedThread thread) => _driver.BeginBlocking(thread);

    public override void EndBlocking(BlockedThread thread) => _driver.EndBlocking(thread);

    public override int SmallestReceive => _driver.SmallestReceive;

    public override bool IsReceiveReady => _driver.IsReceiveReady;

    public long Unsent => Handler.Unsent;

    /// <summary>What the driver owes after a close, or null.</summary>
    public string? Debt => _ledger.Debt;

    /// <summary>Ends once nothing is owed any more.</summary>
    public Task WhenPaidAsync() => _ledger.WhenPaidAsync();

    public override TransportResult Receive(Memory<byte> buffer) =>
        Call(SeamOperation.Receive, buffer.Length, () => _driver.Receive(buffer));

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        // A copy, spoilt on return: from then on the memory is the caller's, who may write to it.
        byte[] copy = data.ToArray();
        TransportResult result = Call(SeamOperation.TrySend, copy.Length, () => _driver.TrySend(copy));
        copy.AsSpan().Fill(LentBytes.Spoilt);
        return result;
    }

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        LentBytes lent = new(data);
        _lent = lent;
        TransportResult result = Call(SeamOperation.Send, data.Length, () => _driver.Send(lent.Sequence));
        if (result.Status != TransportStatus.Pending)
        {
            lent.Spoil();
        }

        return result;
    }

    public override TransportResult ShutdownWrite() => Call(SeamOperation.ShutdownWrite, 0, _driver.ShutdownWrite);

    public override void OnCloseStarted() => Guard(nameof(OnCloseStarted), _driver.OnCloseStarted);

    public override void MarkEncrypted() => _driver.MarkEncrypted();

    public override void WriteDropped(long count) => Guard(nameof(WriteDropped), () => _driver.WriteDropped(count));

    public override TransportResult Close()
    {
        TransportResult result = Call(SeamOperation.Close, 0, _driver.Close);
        _ledger.Closed();
        return result;
    }

    public override void Abort()
    {
        Guard(nameof(Abort), _driver.Abort);
        _ledger.Closed();
    }

    public override void Schedule(Action<object?> callback, object? state) =>
        WatchedCallback.Run(_driver.Schedule, callback, state, _findings);

    public override void ScheduleLayer(Action<object?> callback, object? state) =>
        WatchedCallback.Run(_driver.ScheduleLayer, callback, state, _findings);

    public override object? GetExtraInfo(string name) => _driver.GetExtraInfo(name);

    public void ReceiveReady()
    {
        if (_calling)
        {
            _findings.Violation(
                "That a receive is ready was told on the stack of a call into a transport: a program would be continued inside a call of another."
            );
        }

        Handler.ReceiveReady();
    }

    public void ReceiveCompleted(TransportResult result)
    {
        if (TryReport(SeamOperation.Receive, ref result))
        {
            Handler.ReceiveCompleted(result);
        }
    }

    public void SendCompleted(TransportResult result)
    {
        LentBytes? lent = _lent;
        if (TryReport(SeamOperation.Send, ref result))
        {
            lent?.Spoil();
            Handler.SendCompleted(result);
        }
    }

    public void ShutdownWriteCompleted(TransportResult result)
    {
        if (TryReport(SeamOperation.ShutdownWrite, ref result))
        {
            Handler.ShutdownWriteCompleted(result);
        }
    }

    public void CloseCompleted(TransportResult result)
    {
        if (TryReport(SeamOperation.Close, ref result))
        {
            Handler.CloseCompleted(result);
        }
    }

    private TransportResult Call(SeamOperation operation, long length, Func<TransportResult> call)
    {
        long number = _ledger.Begin(operation, length);
        TransportResult result = TransportResult.Pending;
        Guard(operation.ToString(), () => result = call());
        result = Sound(operation, result, length, reported: false);
        if (result.Status != TransportStatus.Pending && !_ledger.TryReturn(operation, number))
        {
            _findings.Violation($"A {operation} returned {result.Status} and reported a result as well.");
        }

        return result;
    }

    /// <returns>Whether somebody waits for it.</returns>
    private bool TryReport(SeamOperation operation, ref TransportResult result)
    {
        if (_calling)
        {
            _findings.Violation(
                $"The result of a {operation} was reported on the stack of a call into a transport: a program would be continued inside a call of another."
            );
        }

        if (!_ledger.TryReport(operation, out long length))
        {
            _findings.Violation(
                $"The result of a {operation} ({result.Status}) was reported when none was pending: one report for each pending operation."
            );
            return false;
        }

        result = Sound(operation, result, length, reported: true);
        return true;
    }

    /// <summary>A result that the streams can take: in place of one that breaks the rules, a failure, so that the case ends and can say so.</summary>
    private TransportResult Sound(SeamOperation operation, in TransportResult result, long length, bool reported)
    {
        if (SeamRules.Fault(operation, result, length, reported) is not { } fault)
        {
            return result;
        }

        string violation = $"A {operation} ({result.Status}) {fault}.";
        _findings.Violation(violation);
        return TransportResult.Failed(new ConnectionException(ConnectionErrorKind.Other, violation));
    }

    /// <summary>Notes what is thrown, and lets it go on.</summary>
    private void Guard(string what, Action call)
    {
        bool outer = _calling;
        _calling = true;
        try
        {
            call();
        }
        catch (Exception error)
        {
            _findings.Violation(
                $"{what} threw {error.GetType().Name} ({error.Message}): between a driver and the streams errors are results."
            );
            throw;
        }
        finally
        {
            _calling = outer;
        }
    }
}
