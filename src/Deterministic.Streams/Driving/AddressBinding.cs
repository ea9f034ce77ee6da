using System.Net;
using Deterministic.Core;

namespace Deterministic.Streams.Driving;

/// <summary>Binds what a server serves at, all or none. For authors of drivers whose names can stand for several addresses. Clause C-SRV-05.</summary>
public static class AddressBinding
{
    /// <summary>
    /// Binds one end point after the other. Of several, those that this place does not have are left out, as long as one remains; any other failure is that of them all, and what was bound is closed.
    /// </summary>
    /// <param name="locals">At least one, each once.</param>
    /// <param name="bind">Binds one. It fails with a <see cref="ConnectionException"/>, of the kind <see cref="ConnectionErrorKind.AddressNotAvailable"/> if this place does not have it.</param>
    /// <returns>The listeners, in the order of their end points.</returns>
    /// <exception cref="ArgumentException"><paramref name="locals"/> is empty.</exception>
    /// <exception cref="ConnectionException">One could not be bound, or none is of this place; nothing stays bound.</exception>
    public static async ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        IReadOnlyList<EndPoint> locals,
        Func<EndPoint, ValueTask<IReadOnlyList<TransportListener>>> bind
    )
    {
        ArgumentNullException.ThrowIfNull(locals);
        ArgumentNullException.ThrowIfNull(bind);
        if (locals.Count == 0)
        {
            throw new ArgumentException("There is no address to bind: give at least one.", nameof(locals));
        }

        List<TransportListener> listeners = [];
        ConnectionException? missing = null;
        try
        {
            foreach (EndPoint local in locals)
            {
                try
                {
                    listeners.AddRange(await bind(local).ConfigureAwait(false));
                }
                catch (ConnectionException error)
                    when (error.Kind == ConnectionErrorKind.AddressNotAvailable && locals.Count > 1)
                {
                    missing = error;
                }
            }

            return listeners.Count > 0 || missing is null ? listeners : throw NoneLeft(locals, missing);
        }
        catch
        {
            listeners.ForEach(listener => listener.Close());
            throw;
        }
    }

    private static ConnectionException NoneLeft(IReadOnlyList<EndPoint> locals, ConnectionException missing) =>
        new(
            ConnectionErrorKind.AddressNotAvailable,
            $"could not bind on any address out of [{string.Join(", ", locals)}]",
            missing
        );
}
