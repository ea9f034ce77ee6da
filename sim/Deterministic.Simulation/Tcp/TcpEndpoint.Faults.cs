using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Faults.Decorating;
using Deterministic.Faults.Engine;

namespace Deterministic.Simulation.Tcp;

/// <content>What faults do to it.</content>
internal sealed partial class TcpEndpoint : IStruckDirection
{
    /// <summary>Runs only while a fault lasts; most ends never have one.</summary>
    private EndpointFaultTimers? _faults;

    private OutgoingState _outgoing;

    /// <summary>Behind how many bytes of the peer this endpoint loses its state, as after a power cut.</summary>
    private long _forgetsBehind = long.MaxValue;

    /// <summary>By which fault the last write was cut short, until its last bytes leave; empty if by none.</summary>
    private string _writeCut = "";

    /// <summary>Whether something on the way has ended the half that we send in.</summary>
    public bool IsCutOff => _outgoing != OutgoingState.Open;

    /// <summary>What strikes once all that was written has left: a window or a coalescing may keep it until later.</summary>
    private Action? _behind;

    void IStruckDirection.Reset() => InjectBehind(ResetBothEnds);

    void IStruckDirection.Cut() => InjectFin();

    void IStruckDirection.CutOther() => Peer?.InjectFin();

    void IStruckDirection.Blackhole() => InjectBehind(Blackhole);

    void IStruckDirection.ForgetAtReceiver() => Peer?.ForgetBehind(Written);

    private void Blackhole()
    {
        _world.Connections.Blackhole(Flow.Id);
        ScheduleProbe();
        Peer?.ScheduleProbe();
    }

    private void InjectBehind(Action strike)
    {
        _behind = strike;
        StrikeBehind();
    }

    private void StrikeBehind()
    {
        if (_behind is { } strike && _sender.HasSentAll)
        {
            _behind = null;
            strike();
            _program?.OnWritable();
        }
    }

    private void ResetBothEnds()
    {
        SendReset();
        Peer?.SendReset();
    }

    /// <summary>Something on the way ends our half behind what was sent. The program learns of it once it sends more. Nothing if there is no half yet or any more.</summary>
    private void InjectFin()
    {
        if (State is TcpState.Closed or TcpState.SynSent)
        {
            return;
        }

        OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Cut);
        Shutdown();

        // A send that waits for room must not wait forever: there is never room again. It is answered as any other.
        _world.Scheduler.Post(Host.Name, static state => ((TcpEndpoint)state!)._program?.OnWritable(), this);
    }

    /// <summary>The program writes behind the end that a fault has put: the bytes are dropped, and a reset answers them a round trip later.</summary>
    /// <param name="count">How many bytes it writes.</param>
    /// <returns>How many are taken: none once a reset is on its way.</returns>
    public int WriteBehindCut(int count)
    {
        if (OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Write) != OutgoingAction.Answer)
        {
            return 0;
        }

        _world.Scheduler.ScheduleAfter(
            2 * _link.Latency.Least,
            Host.Name,
            static state => ((TcpEndpoint)state!).AnswerCut(),
            this
        );
        return count;
    }

    /// <summary>The program has lost the connection; what it sent before the end is on its way, and arrives.</summary>
    private void AnswerCut()
    {
        OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Answer);
        if (Error is not null)
        {
            return;
        }

        if (_program is not null || Flushed is not null)
        {
            Record(TraceKind.ReceivedReset);
            Error = LossByReset();
            _program?.OnFailed(Error);
            TellFlushed(Error);
        }
    }

    /// <summary>This endpoint loses its state once so many bytes have arrived and are acknowledged.</summary>
    private void ForgetBehind(long count) => _forgetsBehind = count;

    /// <summary>A rule may cut a segment: a slicer, or one that strikes behind bytes in the middle of it.</summary>
    private int Slice(int count, ref bool fin, out string by)
    {
        int before = _world.Injector.BytesBeforeNext(Site(_sender.Next - 1, count));
        fin &= before == count;
        count = before;
        int cut = SplitFaults.Slice(_world.Injector, Site(_sender.Next, count));
        fin &= cut == count;
        by = cut < count ? CutTexts.BySlicer : "";
        return cut;
    }

    /// <summary>By which fault what leaves now is cut off from what follows: a slicer, or a write that was cut short, if this is the end of what was written.</summary>
    private string CutBehind(string slicer)
    {
        if (slicer.Length > 0 || !_sender.HasSentAll)
        {
            return slicer;
        }

        string cut = _writeCut;
        _writeCut = "";
        return cut;
    }

    /// <summary>Coalescing: what was written may be kept back for what may follow it.</summary>
    private void StrikeCoalescing()
    {
        if (_faults is { IsCoalescing: true } || _sender.HasFull(_options.MaxSegmentBytes))
        {
            return;
        }

        TimeSpan time = _world.Injector.StrikeForTime(FaultKind.Coalescing, Site(Written, 0));
        if (time > TimeSpan.Zero)
        {
            Faults.Coalesce(time);
        }
    }

    /// <summary>Whether what would leave next is kept back: neither a full segment, nor the end, nor what is sent again.</summary>
    private bool WaitsForMore() =>
        _faults is { IsCoalescing: true } && _sender.Next == _sender.Most && !_sender.HasFull(_options.MaxSegmentBytes);

    /// <summary>Bytes have arrived: what a fault may make of that.</summary>
    private void StrikeArrival(long before, int count)
    {
        InjectionPoint site = new(_link.To.Name, Host.Name, Flow.Id, before, count);
        TimeSpan shut = _receiver.IsShut ? TimeSpan.Zero : _world.Injector.StrikeForTime(FaultKind.ZeroWindow, site);
        if (shut > TimeSpan.Zero)
        {
            _receiver.IsShut = true;
            Faults.Shut(shut);
        }
    }

    private void ForgetIfDue()
    {
        if (_receiver.Arrived >= _forgetsBehind && State != TcpState.Closed)
        {
            Fail(ConnectionErrors.ResetByPeer());
        }
    }

    /// <summary>What lasts is over: what was kept back leaves, and room is announced again.</summary>
    public void StopFaults() => _faults?.EndNow();

    private EndpointFaultTimers Faults => _faults ??= new(_world.Scheduler, Host.Name, Send, Reopen);

    private void Reopen()
    {
        _receiver.IsShut = false;
        if (IsPeerSending)
        {
            SendAcknowledgement();
        }
    }

    private InjectionPoint Site(long before, int count) => new(Host.Name, _link.To.Name, Flow.Id, before, count);
}
