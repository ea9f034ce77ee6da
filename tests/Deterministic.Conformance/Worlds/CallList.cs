namespace Deterministic.Conformance;

/// <summary>The calls that a script has made, in that order, until their end was reported.</summary>
internal sealed class CallList
{
    private readonly List<(Identity Id, Task<Outcome> Work)> _open = [];
    private readonly List<EndedCall> _ended = [];

    public void Add(Identity id, Task<Outcome> work) => _open.Add((id, work));

    /// <summary>The calls that have ended since last asked, in the order in which they were made. Valid until the next call.</summary>
    public IReadOnlyList<EndedCall> TakeEnded()
    {
        _ended.Clear();
        _open.RemoveAll(call =>
        {
            if (call.Work.IsCompleted)
            {
                // Nothing to wait for; this throws what no script can cause.
#pragma warning disable VSTHRD002
                _ended.Add(new EndedCall(call.Id, call.Work.GetAwaiter().GetResult()));
#pragma warning restore VSTHRD002
            }

            return call.Work.IsCompleted;
        });
        return _ended;
    }
}
