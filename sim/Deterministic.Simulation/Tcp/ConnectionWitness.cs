namespace Deterministic.Simulation.Tcp;

/// <summary>The integrity checkers of a connection's two directions. A direction in which a fault of integrity has struck is not checked any longer.</summary>
internal sealed class ConnectionWitness
{
    private StreamIntegrityChecker? _toServer = new();
    private StreamIntegrityChecker? _toClient = new();

    public void Written(bool byServer, ReadOnlySpan<byte> data) => Of(byServer)?.Written(data);

    /// <returns>Whether what was read is what was written.</returns>
    public bool Read(bool byServer, ReadOnlySpan<byte> data) => Of(!byServer)?.Read(data) ?? true;

    /// <summary>What that end writes is not what arrives, and is not meant to be.</summary>
    public void StopChecking(bool fromServer)
    {
        if (fromServer)
        {
            _toClient = null;
        }
        else
        {
            _toServer = null;
        }
    }

    private StreamIntegrityChecker? Of(bool writtenByServer) => writtenByServer ? _toClient : _toServer;
}
