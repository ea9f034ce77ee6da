using Deterministic.Core;

namespace Deterministic.Streams.Racing;

/// <summary>
/// Attempts that start one after the other, of which the first to succeed wins. One race for each object. Clause C-OPEN-09.
/// <para>This folder is RFC 8305 behind <see cref="Driving.HappyEyeballs"/>: this file first, then <see cref="AddressInterleaving"/>, <see cref="StaggerDelay"/>, <see cref="ConnectBudget"/>, <see cref="ConnectFailures"/>.</para>
/// </summary>
/// <remarks>
/// Everything happens on the stacks on which attempts and timers end. A cancellation ends the attempts, never a wait of the race itself: so nothing continues on the canceller's
/// stack, which in a simulation is the program's.
/// </remarks>
/// <param name="addresses">At least one.</param>
/// <param name="delay">Between two starts, unless the attempt before fails earlier; null for one attempt at a time.</param>
/// <param name="budget">The time that the addresses share; null for no end.</param>
/// <param name="connect">One attempt.</param>
/// <param name="timeProvider">Measures the delay.</param>
internal sealed class StaggeredRace<TAddress, TConnection>(
    IReadOnlyList<TAddress> addresses,
    TimeSpan? delay,
    ConnectBudget? budget,
    Func<TAddress, CancellationToken, ValueTask<TConnection>> connect,
    TimeProvider timeProvider
)
{
    /// <summary>In the order of the addresses; null where an attempt has not failed.</summary>
    private readonly ConnectionException?[] _errors = new ConnectionException?[addresses.Count];
    private readonly List<Task<TConnection>> _attempts = new(addresses.Count);
    private readonly List<long> _starts = new(addresses.Count);

    private bool HasMore => _attempts.Count < addresses.Count;

    /// <summary>How long the attempt that starts next may be the only one; null for as long as it takes.</summary>
    private TimeSpan? NextPause
    {
        get
        {
            int left = addresses.Count - _attempts.Count;
            if (left == 1)
            {
                // None waits for its turn.
                return null;
            }

            TimeSpan? share = budget?.ShareOf(left);
            return delay is null || share < delay ? share : delay;
        }
    }

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
            budget?.Outcomes = [.. addresses.Select(OutcomeOf)];
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
            TimeSpan? pause = NextPause;
            using CancellationTokenSource? own =
                delay is null && pause is not null ? CancellationTokenSource.CreateLinkedTokenSource(over) : null;
            _starts.Add(timeProvider.GetTimestamp());
            _attempts.Add(TryAsync(addresses[latest], own?.Token ?? over));
            running.Add(_attempts[latest]);
            int? winner = await RunUntilDueAsync(running, latest, pause).ConfigureAwait(false);
            if (winner is null && own is not null && running.Count > 0)
            {
                // One at a time: its share of the time is over.
                winner = await GiveUpAsync(latest, own, over).ConfigureAwait(false);
                running.Clear();
            }

            if (winner is not null)
            {
                return winner.Value;
            }
        }

        throw ConnectFailures.Sum([.. _errors.OfType<ConnectionException>()]);
    }

    /// <summary>Runs until the next attempt is due; where there is no other, until all have ended.</summary>
    /// <returns>The winner, if there is one already.</returns>
    private async Task<int?> RunUntilDueAsync(List<Task> running, int latest, TimeSpan? span)
    {
        using StaggerDelay? pause = span is { } time ? new StaggerDelay(time, timeProvider) : null;
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

    /// <summary>Ends an attempt that has not answered.</summary>
    /// <returns>Its number, if it has succeeded just now.</returns>
    private async Task<int?> GiveUpAsync(int number, CancellationTokenSource own, CancellationToken over)
    {
        try
        {
#pragma warning disable VSTHRD103, CA1849, MA0042 // CancelAsync needs the thread pool, which a simulation has not.
            own.Cancel();
#pragma warning restore VSTHRD103, CA1849, MA0042
            return await HasFailedAsync(number).ConfigureAwait(false) ? null : number;
        }
        catch (OperationCanceledException) when (!over.IsCancellationRequested)
        {
            _errors[number] = ConnectFailures.NoAnswer(addresses[number]!, TimeSinceStart(number));
            return null;
        }
    }

    private string OutcomeOf(TAddress address, int number) =>
        number >= _attempts.Count ? $"{address}: not tried"
        : _errors[number] is { } error ? $"{address}: {ConnectFailures.ReasonOf(error)}"
        : $"{address}: {ConnectFailures.NoAnswer(TimeSinceStart(number))}";

    private TimeSpan TimeSinceStart(int number) => timeProvider.GetElapsedTime(_starts[number]);

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
                // Cancelled or failed: nothing to close, and the error was reported already.
            }
        }
    }
}
