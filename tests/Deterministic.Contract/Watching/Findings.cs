namespace Deterministic.Contract;

/// <summary>What a driver did at the seam that it must not do, and what it still owes. Any thread may tell.</summary>
internal sealed class Findings
{
    private readonly Lock _gate = new();
    private readonly List<string> _violations = [];
    private readonly List<WatchedTransport> _transports = [];

    /// <summary>The first violation, which is mostly the cause of the others; null if there is none.</summary>
    public string? First
    {
        get
        {
            lock (_gate)
            {
                return _violations.Count > 0 ? _violations[0] : null;
            }
        }
    }

    public void Violation(string what)
    {
        lock (_gate)
        {
            _violations.Add(what);
        }
    }

    public void Add(WatchedTransport transport)
    {
        lock (_gate)
        {
            _transports.Add(transport);
        }
    }

    /// <summary>Ends once every operation that a close cut short was reported.</summary>
    public async Task WhenPaidAsync()
    {
        foreach (WatchedTransport transport in Snapshot())
        {
            await transport.WhenPaidAsync();
        }
    }

    /// <summary>What is still owed, for the message of a case that hangs; empty if nothing.</summary>
    public string Debts()
    {
        string[] debts = [.. Snapshot().Select(transport => transport.Debt).OfType<string>().Distinct()];
        return debts.Length == 0 ? "" : $" Owed: {string.Join("; ", debts)}.";
    }

    private WatchedTransport[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _transports];
        }
    }
}
