namespace Deterministic.Faults.Decorating;

/// <summary>Something on its way.</summary>
/// <param name="kind">What.</param>
/// <param name="due">When it has travelled.</param>
internal sealed class InFlightItem(InFlightItemKind kind, TimeSpan due)
{
    private byte[] _bytes = [];
    private int _begin;
    private int _end;

    public InFlightItemKind Kind => kind;

    public TimeSpan Due { get; set; } = due;

    /// <summary>When it would have travelled if it did not wait for more.</summary>
    public TimeSpan DueAlone { get; init; } = due;

    /// <summary>For <see cref="InFlightItemKind.Fault"/>.</summary>
    public FaultKind Fault { get; init; }

    /// <summary>For <see cref="InFlightItemKind.Failure"/>.</summary>
    public Exception? Error { get; init; }

    public int Length => _end - _begin;

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(_begin, Length);

    public void Append(ReadOnlySpan<byte> data, int capacity)
    {
        if (_bytes.Length < _end + data.Length)
        {
            Array.Resize(ref _bytes, Math.Max(capacity, _end + data.Length));
        }

        data.CopyTo(_bytes.AsSpan(_end));
        _end += data.Length;
    }

    public void Consume(int count) => _begin += count;
}
