using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>Attempts that start one after the other, of which the first to succeed wins. One race for each object. Clause C-OPEN-09.</summary>
/// <remarks>
/// Everything happens on the stacks on which attempts and timers end. A cancellation ends the attempts, never a wait of the race itself: so nothing continues on the canceller's
/// stack, which in a simulation is the program's.
/// </remarks>
/// <param name="addresses">At least one.</param>
/// <param name="delay">Between two starts, unless the attempt before fails earlier; null for no end.</param>
/// <param name="connect">One attempt.</param>
/// <param name="timeProvider">Measures the delay.</param>
internal sealed class StaggeredRace<TAddress, TConnection>(
    IReadOnlyList<TAddress> addresses,
    TimeSpan? delay,
    Func<TAddress, CancellationToken, ValueTask<TConnection>> connect,
    TimeProvider timeProvider
)
{
    /// <summary>In the order of the addresses; null where an attempt has not failed.</summary>
    private readonly ConnectionException?[] _errors = new ConnectionException?[addresses.Count];
    private readonly List<Task<TConnection>> _attempts = new(addresses.Count);

    private bool HasMore => _attempts.Count < addresses.Count;

    /// <param name="discard">Closes what a loser yields.</param>
    /// <param name="cancellationToken">Gives all up.</param>
    public async ValueTask<TConnection> RunAsync(Action<TConnection> discard, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int? winner = null;
        try
        {
            winner = await FindWinnerAsync(over.Token).ConfigureAwait(false);
            return await _attempts[winner.Value].ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // With the caller's token, not ours: that is how a caller knows its own cancellation.
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
#pragma warning disable VSTHRD103, CA1849, MA0042 // CancelAsync needs the thread pool, which a simulation has not.
            over.Cancel();
#pragma warning restore VSTHRD103, CA1849, MA0042
            await EndLosersAsync(winner, discard).ConfigureAwait(false);
        }
    }

    /// <returns>The number of the winner.</returns>
    private async Task<int> FindWinnerAsync(CancellationToken over)
    {
        List<Task> running = new(addresses.Count);
        while (HasMore)
        {
            int latest = _attempts.Count;
            _attempts.Add(TryAsync(addresses[latest], over));
            running.Add(_attempts[latest]);
            if (await RunUntilDueAsync(running, latest).ConfigureAwait(false) is { } winner)
            {
                return winner;
            }
        }

        throw ConnectFailures.Sum([.. _errors.OfType<ConnectionException>()]);
    }

    /// <summary>Runs until the next attempt is due; where there is no other, until all have ended.</summary>
    /// <returns>The winner, if there is one already.</returns>
    private async Task<int?> RunUntilDueAsync(List<Task> running, int latest)
    {
        using StaggerDelay? pause = HasMore && delay is { } span ? new StaggerDelay(span, timeProvider) : null;
        while (running.Count > 0 && !(HasMore && _errors[latest] is not null))
        {
            Task ended = await Task.WhenAny(pause is null ? running : [.. running, pause.Passed]).ConfigureAwait(false);
            if (ended == pause?.Passed)
            {
                break;
            }

            running.Remove(ended);
            int number = _attempts.FindIndex(attempt => attempt == ended);
            if (!await HasFailedAsync(number).ConfigureAwait(false))
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>Notes a failure. What is none, and no success either, is thrown: it ends the race.</summary>
    private async Task<bool> HasFailedAsync(int number)
    {
        try
        {
            await _attempts[number].ConfigureAwait(false);
            return false;
        }
        catch (ConnectionException error)
        {
            _errors[number] = error;
            return true;
        }
    }

    /// <summary>So that what a delegate throws before it waits is a failure of its attempt as well.</summary>
    private async Task<TConnection> TryAsync(TAddress address, CancellationToken over) =>
        await connect(address, over).ConfigureAwait(false);

    private async Task EndLosersAsync(int? winner, Action<TConnection> discard)
    {
        foreach (Task<TConnection> loser in _attempts.Where((_, number) => number != winner))
        {
            try
            {
                discard(await loser.ConfigureAwait(false));
            }
            catch (Exception)
            {
                // Cancelled or failed: nothing to close, and whoever must know has been told.
            }
        }
    }
}
