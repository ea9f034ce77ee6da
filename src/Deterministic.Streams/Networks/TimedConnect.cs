using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Naming;
using Deterministic.Streams.Racing;
using Deterministic.Streams.Timing;

namespace Deterministic.Streams.Networks;

/// <summary>
/// Connects within the time that the options give, on the network's own clock, so that no driver has to. Clause C-OPEN-12.
/// <para>This folder is what the extensions of networks share: this file for clients, <see cref="ServingHosts"/> and <see cref="ServerStart"/> for servers.</para>
/// </summary>
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
        ConnectBudget budget = new(timeout, network.TimeProvider);
        try
        {
            return await network
                .ConnectAsync(remote, options with { Budget = budget }, either.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException error)
            when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionException(ConnectionErrorKind.TimedOut, Describe(remote, timeout, budget), error);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // With the caller's token, not ours: that is how a caller knows its own cancellation.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static string Describe(EndPoint remote, TimeSpan timeout, ConnectBudget budget)
    {
        string what = $"Connecting to {EndPointText.Of(remote)} has not succeeded within {timeout:c}";
        return budget.Outcomes.Count == 0 ? $"{what}." : $"{what}: {string.Join("; ", budget.Outcomes)}.";
    }
}
