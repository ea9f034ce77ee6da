using Deterministic.Core;

namespace Deterministic.Streams.Adapting;

/// <summary>Converts errors of the stream or pipe below a connection to losses of the connection.</summary>
internal static class AdaptedErrors
{
    /// <summary>The error itself if it is a loss; else a loss that wraps it, of the kind of the loss inside, if there is one.</summary>
    public static ConnectionException Lost(Exception error) =>
        error as ConnectionException
        ?? new ConnectionException(KindOf(error), $"What this connection is made of failed: {error.Message}", error);

    private static ConnectionErrorKind KindOf(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is ConnectionException loss)
            {
                return loss.Kind;
            }
        }

        return error switch
        {
            EndOfStreamException => ConnectionErrorKind.Reset,
            ObjectDisposedException or OperationCanceledException => ConnectionErrorKind.Aborted,
            TimeoutException => ConnectionErrorKind.TimedOut,
            _ => ConnectionErrorKind.Other,
        };
    }
}
