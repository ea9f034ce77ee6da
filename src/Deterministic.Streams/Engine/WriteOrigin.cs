namespace Deterministic.Streams.Engine;

/// <summary>The origin of a write to an engine.</summary>
internal enum WriteOrigin
{
    /// <summary>The program.</summary>
    Program,

    /// <summary>What lies on top of the connection, such as TLS.</summary>
    Layer,
}
