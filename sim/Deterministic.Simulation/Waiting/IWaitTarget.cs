namespace Deterministic.Simulation.Waiting;

/// <summary>A connection that a method may wait on: the state of the task of an attempt to connect, or the extra info <see cref="ExtraInfo"/> of its transport.</summary>
internal interface IWaitTarget
{
    /// <summary>The name of the extra info of a transport: layers on top, such as TLS, pass it through.</summary>
    const string ExtraInfo = "simulated-flow";

    /// <summary>The host of this endpoint.</summary>
    string HostName { get; }

    /// <summary>The host at the other end.</summary>
    string PeerName { get; }

    /// <summary>The connection in words: <c>#3 10.0.0.1:5000 with 10.0.0.2:49152</c>.</summary>
    string ConnectionText { get; }
}
