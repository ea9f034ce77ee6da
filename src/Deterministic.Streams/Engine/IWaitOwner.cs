namespace Deterministic.Streams.Engine;

/// <summary>The owner of waits that describes them itself.</summary>
internal interface IWaitOwner
{
    /// <summary>What a wait is for, in words.</summary>
    string Describe(WaitReason reason);
}
