namespace Deterministic.Faults.Engine;

/// <summary>The hosts at the two ends of one direction of a connection.</summary>
internal interface IFlowNames
{
    /// <summary>The host that sends.</summary>
    string From { get; }

    /// <summary>The host that receives.</summary>
    string To { get; }
}
