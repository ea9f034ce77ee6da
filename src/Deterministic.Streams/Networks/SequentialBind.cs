using System.Net;
using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>Binds one end point after the other, all or none.</summary>
internal static class SequentialBind
{
    /// <exception cref="ConnectionException">One could not be bound, or none is of this place; nothing stays bound.</exception>
    public static async ValueTask<IReadOnlyList<TransportListener>> RunAsync(
        INetwork network,
        IReadOnlyList<EndPoint> locals,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(locals);
        List<TransportListener> listeners = [];
        ConnectionException? missing = null;
        try
        {
            foreach (EndPoint local in locals.Distinct())
            {
                try
                {
                    listeners.AddRange(
                        await network.BindAsync(local, options, cancellationToken).ConfigureAwait(false)
                    );
                }
                catch (ConnectionException error) when (error.Kind == ConnectionErrorKind.AddressNotAvailable)
                {
                    missing = error;
                }
            }

            return listeners.Count > 0 ? listeners : throw NoneLeft(locals, missing);
        }
        catch
        {
            listeners.ForEach(listener => listener.Close());
            throw;
        }
    }

    private static Exception NoneLeft(IReadOnlyList<EndPoint> locals, ConnectionException? missing) =>
        missing is null
            ? new ArgumentException("There is no address to bind: give at least one.", nameof(locals))
            : new ConnectionException(
                ConnectionErrorKind.AddressNotAvailable,
                $"could not bind on any address out of [{string.Join(", ", locals)}]",
                missing
            );
}
