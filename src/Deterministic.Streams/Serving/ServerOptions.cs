namespace Deterministic.Streams;

/// <summary>How a server listens and how its connections buffer. Checked when set, so that a mistake shows where it is made.</summary>
public record ServerOptions : ConnectionOptions
{
    /// <summary>The documented defaults.</summary>
    public static new ServerOptions Default { get; } = new();

    /// <summary>How many connections may wait to be accepted. 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int Backlog
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 100;

    /// <summary>Whether to listen at once; false only binds, until <see cref="StreamServer.StartServing"/>. Clause C-SRV-06.</summary>
    public bool StartServing { get; init; } = true;

    /// <summary>
    /// Called with each exception that a handler did not catch, other than a cancellation, or that accepting met. The failing handler's connection is aborted, no other is touched.
    /// Called on the thread that failed; it should not throw.
    /// </summary>
    public Action<Exception>? OnError { get; init; }
}
