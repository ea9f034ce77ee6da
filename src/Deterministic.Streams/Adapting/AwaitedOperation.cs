using System.Runtime.CompilerServices;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Engine;

namespace Deterministic.Streams.Adapting;

#pragma warning disable CA2012, VSTHRD002 // This is what an await is made of: it looks at a result only when there is one, and once.

/// <summary>One kind of asynchronous operation, one at a time, as a transport has it: its result at once, or reported later. Reused; allocates nothing itself.</summary>
/// <param name="context">Where it continues.</param>
/// <param name="convert">What its value means.</param>
/// <param name="report">Gets the result, if it was pending.</param>
internal sealed class AwaitedOperation(
    CallbackContext context,
    Func<int, TransportResult> convert,
    Action<TransportResult> report
)
{
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _awaiter;
    private Action? _continue;
    private LayerTurn? _turn;

    /// <summary>Begins one. Never throws: errors are results.</summary>
    /// <param name="state">For <paramref name="begin"/>.</param>
    /// <param name="begin">The operation.</param>
    /// <param name="turn">That of the connection below, if it is one of this library's: its results must not be missed.</param>
    public TransportResult Begin<TState>(TState state, Func<TState, ValueTask<int>> begin, LayerTurn? turn = null)
    {
        _turn = turn;
        long entered = turn?.Enter() ?? 0;
        try
        {
            return BeginInTurn(state, begin);
        }
        finally
        {
            turn?.Leave(entered);
        }
    }

    private TransportResult BeginInTurn<TState>(TState state, Func<TState, ValueTask<int>> begin)
    {
        using CallbackContext.ContextScope scope = context.Enter();
        try
        {
            ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter awaiter = begin(state)
                .ConfigureAwait(context.HasContext)
                .GetAwaiter();
            if (awaiter.IsCompleted)
            {
                return convert(awaiter.GetResult());
            }

            // Kept before it is awaited: from then on it may end at any moment, on any thread.
            _awaiter = awaiter;
            awaiter.UnsafeOnCompleted(_continue ??= Continue);
            return TransportResult.Pending;
        }
        catch (Exception error)
        {
            return TransportResult.Failed(AdaptedErrors.Lost(error));
        }
    }

    private void Continue()
    {
        TransportResult result;
        try
        {
            result = convert(_awaiter.GetResult());
        }
        catch (Exception error)
        {
            result = TransportResult.Failed(AdaptedErrors.Lost(error));
        }

        _awaiter = default;
        _turn?.Leave();
        using CallbackContext.ContextScope scope = context.Leave();
        report(result);
    }
}
