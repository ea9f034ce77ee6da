using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>The handshake of an accepted connection, before its handler runs. Clause C-SRV-07.</summary>
internal static class ServerHandshake
{
    /// <summary>Makes it. If it fails, it is reported, and only this connection is closed.</summary>
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
        catch (ConnectionException error) when (error.Kind == ConnectionErrorKind.Aborted || connection.IsClosedHere)
        {
            // This side closed it meanwhile, perhaps before the handshake had begun: nobody's failure.
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
