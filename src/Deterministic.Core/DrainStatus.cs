namespace Deterministic.Core;

/// <summary>What a call of drain finds. Clauses W-DRAIN-01 to W-DRAIN-04.</summary>
public enum DrainStatus
{
    /// <summary>It need not wait.</summary>
    Completed,

    /// <summary>It waits until the queue is back at the low watermark, or the connection is gone.</summary>
    Pending,

    /// <summary>The connection failed, or is gone: <see cref="ConnectionMachine.DrainError"/>.</summary>
    Failed,
}
