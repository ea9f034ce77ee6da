using System.Net;
using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>Connects within the time that the options give, on the network's own clock, so that no driver has to.</summary>
internal static class TimedConnect
{
    /// <exception cref="ConnectionException">Not made, or not in time: of kind <see cref="ConnectionErrorKind.TimedOut"/> then.</exception>
    public static ValueTask<Transport> RunAsync(
        INetwork network,
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        options.ConnectTimeout is { } timeout
            ? RunAsync(network, remote, options, timeout, cancellationToken)
            : network.ConnectAsync(remote, options, cancellationToken);

    private static async ValueTask<Transport> RunAsync(
        INetwork network,
        EndPoint remote,
        ClientOptions options,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        using CancellationTokenSource timer = new(TimeOuts.ForTimer(timeout), network.TimeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            timer.Token
        );
        try
        {
            return await network.ConnectAsync(remote, options, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error)
            when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionException(
                ConnectionErrorKind.TimedOut,
                $"Connecting to {remote} has not succeeded within {timeout:c}.",
                error
            );
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // With the caller's token, not ours: that is how a caller knows its own cancellation.
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
