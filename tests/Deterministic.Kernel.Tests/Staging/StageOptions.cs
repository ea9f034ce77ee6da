using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>What a scenario needs of its world beyond a network: times that are short enough to wait for, and small buffers.</summary>
internal sealed record StageOptions
{
    /// <summary>How long a peer that acknowledges nothing is asked again; null for the default. TCP_USER_TIMEOUT.</summary>
    public TimeSpan? RetransmissionTimeout { get; init; }

    /// <summary>How long a host that does not answer is asked for a connection; null for the default.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>How long what was closed waits for its peer's end; null for the default. TCP_LINGER2, whole seconds.</summary>
    public TimeSpan? FinTimeout { get; init; }

    /// <summary>How large the buffers of both directions are at both ends; null for what the world has. SO_SNDBUF and SO_RCVBUF.</summary>
    public int? BufferBytes { get; init; }

    /// <summary>For clients.</summary>
    public ClientOptions Client { get; init; } = ClientOptions.Default;

    /// <summary>For servers.</summary>
    public ServerOptions Server { get; init; } = ServerOptions.Default;
}
