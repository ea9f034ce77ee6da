using Deterministic.Streams.Ssl;

namespace Deterministic.Streams.Tests;

public sealed class AsyncMutexTests
{
    private readonly AsyncMutex _turn = new();

    [Fact]
    public void A_turn_that_nobody_has_is_taken_at_once_and_again_once_it_was_left()
    {
        for (int round = 1; round <= 3; round++)
        {
            _turn.EnterAsync().AsTask().Now();
            _turn.Leave();
        }
    }

    [Fact]
    public void Who_comes_second_waits_until_the_first_leaves_and_goes_on_where_that_was()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        _turn.EnterAsync().AsTask().Now();
        Task<int> second = EnterAsync();
        second.ShouldWait();
        _turn.Leave();
        second.Now().ShouldBe(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void A_turn_that_was_waited_for_is_taken()
    {
        _turn.EnterAsync().AsTask().Now();
        Task second = _turn.EnterAsync().AsTask();
        _turn.Leave();
        second.Now();
        Task third = _turn.EnterAsync().AsTask();
        third.ShouldWait();
        _turn.Leave();
        third.Now();
    }

    [Fact]
    public async Task Two_who_take_turns_never_have_it_both()
    {
        const int rounds = 10_000;
        int inside = 0;
        await Task.WhenAll(Task.Run(TakeTurnsAsync), Task.Run(TakeTurnsAsync)).WaitAsync(TimeSpan.FromMinutes(1));

        async Task TakeTurnsAsync()
        {
            for (int round = 0; round < rounds; round++)
            {
                await _turn.EnterAsync();
                Interlocked.Increment(ref inside).ShouldBe(1);
                Interlocked.Decrement(ref inside);
                _turn.Leave();
            }
        }
    }

    [Fact]
    public void A_read_of_ciphertext_leaves_the_turn_while_it_waits_and_has_it_again_when_it_ends()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        WaitingStream ciphertext = new();
        using MutexStream stream = new(ciphertext, _turn);
        _turn.EnterAsync().AsTask().Now();
        Task<int> read = stream.ReadAsync(new byte[1]).AsTask();
        _turn.EnterAsync().AsTask().Now();
        ciphertext.Arrived.SetResult(1);
        read.ShouldWait();
        _turn.Leave();
        read.Now().ShouldBe(1);
        _turn.EnterAsync().AsTask().ShouldWait();
    }

    [Fact]
    public void A_read_of_ciphertext_that_fails_has_the_turn_as_well()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        WaitingStream ciphertext = new();
        using MutexStream stream = new(ciphertext, _turn);
        _turn.EnterAsync().AsTask().Now();
        Task<int> read = stream.ReadAsync(new byte[1]).AsTask();
        ciphertext.Arrived.SetException(new InvalidOperationException("gone"));
        read.Error<InvalidOperationException>();
        _turn.EnterAsync().AsTask().ShouldWait();
    }

    private async Task<int> EnterAsync()
    {
        await _turn.EnterAsync().ConfigureAwait(false);
        return Environment.CurrentManagedThreadId;
    }

    /// <summary>One read that ends when the test says so.</summary>
    private sealed class WaitingStream : MemoryStream
    {
        public TaskCompletionSource<int> Arrived { get; } = new();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Arrived.Task);
    }
}
