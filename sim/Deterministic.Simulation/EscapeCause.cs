namespace Deterministic.Simulation;

/// <summary>In which way something left the simulation.</summary>
public enum EscapeCause
{
    /// <summary>Something of the simulation was called from a foreign thread.</summary>
    ForeignCall,

    /// <summary>Code of the program began to run on a foreign thread.</summary>
    ForeignThread,

    /// <summary>Work was handed to the thread pool.</summary>
    ThreadPool,

    /// <summary>What follows an await was handed to the thread pool.</summary>
    Continuation,

    /// <summary>Work was spread over threads: <c>Parallel</c>, or a parallel query.</summary>
    ParallelWork,

    /// <summary>A timer of the machine was started.</summary>
    RealTimer,

    /// <summary>Something was asked of the machine's network, files or processes.</summary>
    RealInputOutput,

    /// <summary>The simulator's thread was to wait, for what only that thread could bring.</summary>
    BlockingWait,
}
