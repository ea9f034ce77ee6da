using System.Net;
using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>Where a program is played: a server's network and a client's.</summary>
internal abstract class FuzzWorld
{
    public abstract INetwork Server { get; }

    public abstract INetwork Client { get; }

    /// <summary>A free address of the server's.</summary>
    public abstract EndPoint Address(bool isUnix);

    /// <summary>An address that the client may connect from.</summary>
    public abstract IPAddress LocalAddress { get; }

    /// <summary>Both ends are there.</summary>
    public virtual void Prepare(Connection connection) { }

    /// <summary>Passes from one step to the next.</summary>
    public abstract Task StepAsync();

    /// <summary>Waits until what is under way has happened.</summary>
    public abstract Task SettleAsync();
}
