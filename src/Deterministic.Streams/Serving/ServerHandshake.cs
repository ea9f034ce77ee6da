using Deterministic.Core;

namespace Deterministic.Streams.Serving;

/// <summary>The handshake of an accepted connection, before its handler runs. Clause C-SRV-07.</summary>
internal static class ServerHandshake
{
    /// <summary>Makes it. If it fails, it is reported, once, and only this connection is closed. One that this side aborted is no failure: what ended the connection first decides, not its present state.</summary>
    /// <returns>Whether it succeeded.</returns>
    public static async Task<bool> SucceedsAsync(
        Connection connection,
        TlsServerOptions options,
        Action<Exception> reportError
    )
    {
        try
        {
            await connection.StartTlsAsync(options).ConfigureAwait(false);
            return true;
        }
        catch (ConnectionException) when (connection.IsClosedHere)
        {
            // Perhaps before the handshake had begun.
            return false;
        }
        catch (Exception error)
        {
            connection.Abort();
            reportError(error);
            return false;
        }
    }
}
