namespace Deterministic.Core;

/// <summary>The state of a read.</summary>
public enum ReadStatus
{
    /// <summary>It waits for more from the driver.</summary>
    Pending,

    /// <summary>It is complete; the bytes are in <see cref="ReadOutcome.Data"/>.</summary>
    Completed,

    /// <summary>A look was ended by <see cref="ReaderMachine.Interrupt"/>; <see cref="ReadOutcome.Data"/> is what there is.</summary>
    Interrupted,

    /// <summary>The stream ended first; <see cref="ReadOutcome.Data"/> is what there was. Clauses R-EXA-04, R-UNTIL-08.</summary>
    Incomplete,

    /// <summary>The message is longer than the limit, and its separator is here; nothing was consumed. Clause R-UNTIL-04.</summary>
    OverrunFound,

    /// <summary>The message is longer than the limit, and its separator is not here; nothing was consumed. Clause R-UNTIL-05.</summary>
    OverrunNotFound,

    /// <summary>The connection failed, with <see cref="ReadOutcome.Error"/>. Clause R-EXC-03.</summary>
    Failed,
}
