using Deterministic.Core;

namespace Deterministic.Simulation.Tcp;

/// <summary>Who uses an end of a connection: a socket, seen from the kernel. Called from items of the world, never on the stack of a call that the program made.</summary>
internal interface ITcpProgram
{
    /// <summary>The connection stands.</summary>
    void OnConnected();

    /// <summary>There are bytes to read, or the end of the peer's half.</summary>
    void OnReadable();

    /// <summary>There is room to write again.</summary>
    void OnWritable();

    /// <summary>The connection is lost, or could not be made.</summary>
    void OnFailed(ConnectionException error);

    /// <summary>The host has crashed, and the connection with it. Called on the stack of the call that made it crash.</summary>
    void OnCrashed();
}
