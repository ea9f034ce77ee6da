namespace Deterministic.Contract;

/// <summary>Which operations of one transport are under way: each is begun, and then returns a result or reports one, once.</summary>
internal sealed class OperationLedger
{
    private static readonly int Kinds = Enum.GetValues<SeamOperation>().Length;

    private readonly Lock _gate = new();

    /// <summary>By kind: the number of the operation under way, or 0.</summary>
    private readonly long[] _underWay = new long[Kinds];
    private readonly long[] _lengths = new long[Kinds];
    private readonly TaskCompletionSource _paid = new();
    private long _begun;
    private bool _closed;

    /// <summary>What a closed transport has not reported, or null.</summary>
    public string? Debt
    {
        get
        {
            lock (_gate)
            {
                return _closed && Pending is { } operation
                    ? $"the result of a {operation} that was pending when its transport was closed"
                    : null;
            }
        }
    }

    /// <summary>Lock held.</summary>
    private SeamOperation? Pending
    {
        get
        {
            int kind = Array.FindIndex(_underWay, number => number != 0);
            return kind < 0 ? null : (SeamOperation)kind;
        }
    }

    public long Begin(SeamOperation operation, long length)
    {
        lock (_gate)
        {
            _lengths[(int)operation] = length;
            return _underWay[(int)operation] = ++_begun;
        }
    }

    /// <summary>An operation returned a result.</summary>
    /// <returns>Whether it has not reported one as well.</returns>
    public bool TryReturn(SeamOperation operation, long number)
    {
        bool open;
        lock (_gate)
        {
            open = _underWay[(int)operation] == number;
            _underWay[(int)operation] = open ? 0 : _underWay[(int)operation];
        }

        SettleIfPaid();
        return open;
    }

    /// <summary>An operation reported a result.</summary>
    /// <returns>Whether one was under way.</returns>
    public bool TryReport(SeamOperation operation, out long length)
    {
        bool open;
        lock (_gate)
        {
            length = _lengths[(int)operation];
            open = _underWay[(int)operation] != 0;
            _underWay[(int)operation] = 0;
        }

        SettleIfPaid();
        return open;
    }

    /// <summary>The transport was closed or aborted: what is pending is owed from now on.</summary>
    public void Closed()
    {
        lock (_gate)
        {
            _closed = true;
        }

        SettleIfPaid();
    }

    /// <summary>Ends once nothing is owed. A transport that is open owes nothing.</summary>
    public Task WhenPaidAsync()
    {
        lock (_gate)
        {
            return _closed ? _paid.Task : Task.CompletedTask;
        }
    }

    private void SettleIfPaid()
    {
        bool paid;
        lock (_gate)
        {
            paid = _closed && Pending is null;
        }

        if (paid)
        {
            // No lock is held: a waiter may continue here.
            _paid.TrySetResult();
        }
    }
}
