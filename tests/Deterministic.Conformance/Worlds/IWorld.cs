namespace Deterministic.Conformance;

/// <summary>What the steps of one script act on.</summary>
internal interface IWorld
{
    /// <summary>What happened since the log was last cleared.</summary>
    EventLog Events { get; }

    /// <summary>The calls of the script, made and perhaps waiting.</summary>
    CallList Calls { get; }

    /// <summary>What is the case now.</summary>
    WorldState State { get; }

    /// <summary>Does one step, then runs until nothing can happen any more without a further one.</summary>
    void Do(Step step);

    /// <summary>Lets everything go, so that the script leaves nothing behind for the next.</summary>
    void End();
}
