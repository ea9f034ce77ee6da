namespace Deterministic.Streams.Engine;

/// <summary>
/// Holds back a result from a layer that is about to wait for it on another thread. An awaiter whose result comes between its check and its wait continues on the thread pool, all of whose threads may be
/// blocked. So the thread that runs the layer has the turn until the layer waits or has its own result, and only the thread that has the turn delivers results to it.
/// </summary>
internal sealed class LayerTurn
{
    private readonly object _gate = new();
    private long _last;

    /// <summary>The number of the turn that is taken; 0 if it is free.</summary>
    private long _current;

    /// <summary>Called once it is free: for those that found it taken.</summary>
    private HashSet<Action>? _missed;

    /// <summary>To run the layer by a call from above.</summary>
    /// <returns>To <see cref="Leave(long)"/> with. 0 if the turn is taken: then the call comes from its holder.</returns>
    public long Enter()
    {
        lock (_gate)
        {
            return _current == 0 ? _current = ++_last : 0;
        }
    }

    /// <summary>To run the layer with a result.</summary>
    /// <param name="again">Called once the turn is free, if it is taken now. Only schedules.</param>
    /// <param name="turn">To <see cref="Leave(long)"/> with.</param>
    /// <returns>False if the turn is taken.</returns>
    public bool TryEnter(Action again, out long turn)
    {
        lock (_gate)
        {
            turn = _current == 0 ? _current = ++_last : 0;
            if (turn == 0)
            {
                (_missed ??= []).Add(again);
            }

            return turn != 0;
        }
    }

    /// <summary>The layer waits. Nothing happens if it had its result meanwhile, and so has left.</summary>
    public void Leave(long turn)
    {
        if (turn != 0)
        {
            End(turn);
        }
    }

    /// <summary>The layer has its result, and hands it on: what follows may be code of the program.</summary>
    public void Leave() => End(turn: 0);

    private void End(long turn)
    {
        HashSet<Action>? missed;
        lock (_gate)
        {
            if (turn != 0 && turn != _current)
            {
                return;
            }

            _current = 0;
            missed = _missed;
            _missed = null;
        }

        if (missed is null)
        {
            return;
        }

        foreach (Action again in missed)
        {
            again();
        }
    }
}
