namespace Deterministic.Core.Reading;

/// <summary>All transitions of <see cref="ReaderState"/>, in one table. Both inputs are idempotent: clauses R-EOF-01, R-EXC-01.</summary>
internal static class ReaderTransitions
{
    // Rows: state before. Columns: EndOfFile, Failure.
    private static readonly ReaderState[,] Table =
    {
        /* Open           */{ ReaderState.Ended, ReaderState.Failed },
        /* Ended          */{ ReaderState.Ended, ReaderState.EndedAndFailed },
        /* Failed         */{ ReaderState.EndedAndFailed, ReaderState.Failed },
        /* EndedAndFailed */{ ReaderState.EndedAndFailed, ReaderState.EndedAndFailed },
    };

    public static ReaderState After(ReaderState state, ReaderInput input) => Table[(int)state, (int)input];
}
