namespace Deterministic.Streams.Engine;

/// <summary>What is waited for, where it can say so itself.</summary>
internal interface IWaitOwner
{
    /// <summary>What a wait is for, in words.</summary>
    string Describe(WaitReason reason);
}
