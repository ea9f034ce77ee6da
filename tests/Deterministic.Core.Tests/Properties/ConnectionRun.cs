namespace Deterministic.Core.Tests;

/// <summary>Plays a script on a connection over a scripted socket, beside a model of where every byte must be.</summary>
internal sealed class ConnectionRun
{
    private readonly ConnectionException _error = new("reset");
    private readonly List<byte> _in = [];
    private readonly List<byte> _read = [];
    private bool _ended;
    private bool _paused;
    private bool _dropped;
    private bool _reset;
    private bool _failed;
    private int _written;

    public ConnectionRun(ConnectionScript script)
    {
        Machine = new ConnectionMachine(script.Limit, WriteBufferLimits.Create(script.High), Pool);
        Socket = new ScriptedSocket(Machine);
        Socket.Pump();
    }

    public CheckedPool Pool { get; } = new();

    public ConnectionMachine Machine { get; }

    public ScriptedSocket Socket { get; }

    /// <summary>Whether output was dropped: aborted or failed before everything was sent.</summary>
    public bool Dropped => _dropped;

    /// <summary>Plays it all, and checks after every step.</summary>
    public static ConnectionRun Of(ConnectionScript script)
    {
        ConnectionRun run = new(script);
        foreach (ConnectionStep step in script.Steps)
        {
            run.Step(step);
        }

        return run;
    }

    public void Step(ConnectionStep step)
    {
        Socket.ForgetTook();
        bool live = CanLose;
        Play(step);
        Socket.Pump();
        VerifyBytes();
        // What a socket still takes after an abort does not count.
        VerifyFlowControl(took: live && Socket.Took);
    }

    /// <summary>The network works again and all pending operations end.</summary>
    public void Settle()
    {
        Step(new ConnectionStep(ConnectionStepKind.Accept, 1_000_000));
        Step(new ConnectionStep(ConnectionStepKind.Finish, 0));
        Step(new ConnectionStep(ConnectionStepKind.Close, 0));
        Step(new ConnectionStep(ConnectionStepKind.Finish, 0));
        Step(new ConnectionStep(ConnectionStepKind.Read, 0));
    }

    public void VerifyGone()
    {
        Machine.State.ShouldBe(ConnectionState.Closed);
        Machine.LostError.ShouldBe(_failed ? _error : null);
        Machine.Reader.Error.ShouldBe(_failed ? _error : null);
        (Machine.Reader.AtEof || _failed).ShouldBeTrue();
        Machine.Drain().ShouldBe(DrainStatus.Failed);
        Socket.Closing.ShouldBe(_dropped || _reset ? "abort" : "close");
        if (!_dropped)
        {
            Socket.Out.ShouldBe(_in, "an orderly close sends everything first");
        }
    }

    private void Play(ConnectionStep step)
    {
        switch (step.Kind)
        {
            case ConnectionStepKind.Write:
                Write(step.Count);
                break;
            case ConnectionStepKind.WriteDirect:
                WriteDirect(step.Count);
                break;
            case ConnectionStepKind.WriteEof:
                _ended |= !Machine.IsClosing;
                Machine.WriteEof();
                break;
            case ConnectionStepKind.Close:
                Machine.Close();
                Machine.IsClosing.ShouldBeTrue();
                break;
            case ConnectionStepKind.Abort:
                _dropped |= CanLose;
                _reset |= Machine.State < ConnectionState.Aborting;
                Machine.Abort();
                Machine.IsClosing.ShouldBeTrue();
                break;
            case ConnectionStepKind.SetLimits:
                Machine.Writer.SetLimits(WriteBufferLimits.Create(step.Count));
                break;
            case ConnectionStepKind.Accept:
                Socket.Accept(step.Count);
                break;
            case ConnectionStepKind.PeerData:
                Socket.Arrive(Next(step.Count));
                break;
            case ConnectionStepKind.PeerEof:
                Socket.ArriveEof();
                break;
            case ConnectionStepKind.Read:
                _read.AddRange(Bytes.Of(Machine.Reader.TakeAll()));
                break;
            case ConnectionStepKind.Fail:
                bool canLose = CanLose;
                Socket.Fail(_error);
                _failed |= canLose && Machine.State == ConnectionState.Aborting;
                _dropped |= _failed;
                break;
            case ConnectionStepKind.Finish:
                Socket.Finish();
                break;
        }
    }

    private bool CanLose => Machine.State is ConnectionState.Open or ConnectionState.Flushing;

    private void Write(int count)
    {
        byte[] data = Next(count);
        if (Refused(() => Machine.Write(data)))
        {
            return;
        }

        _in.AddRange(Machine.IsClosing ? [] : data);
        Array.Clear(data);
    }

    private void WriteDirect(int count)
    {
        byte[] data = Next(count);
        if (Refused(Machine.Writer.ThrowIfEnded))
        {
            return;
        }

        if (!Machine.TryBeginDirectSend())
        {
            Write(count);
            return;
        }

        _in.AddRange(data);
        Machine.SentDirect(Socket.TakeDirect(data));
    }

    private bool Refused(Action write)
    {
        try
        {
            write();
            _ended.ShouldBeFalse("a write after the end was taken");
            return false;
        }
        catch (InvalidOperationException)
        {
            _ended.ShouldBeTrue("a write was refused though the end was not written");
            return true;
        }
    }

    private byte[] Next(int count)
    {
        byte[] data = Bytes.Counting(count, _written);
        _written += count;
        return data;
    }

    private void VerifyBytes()
    {
        Socket.Out.ShouldBe(_in.Take(Socket.Out.Count), "bytes out are a prefix of bytes in");
        bool held = Machine.State is ConnectionState.Open or ConnectionState.Flushing;
        Machine.Writer.Buffered.ShouldBe(held ? _in.Count - Socket.Out.Count : 0);
        if (Socket.EndTold && !_dropped)
        {
            _ended.ShouldBeTrue();
            Socket.Out.ShouldBe(_in, "the end is reported after the last byte");
        }

        Bytes
            .Of(Machine.Reader.BufferedText())
            .ShouldBe(Socket.Delivered.Skip(_read.Count), "what was received is read in order");
        Socket.Delivered.Take(_read.Count).ShouldBe(_read);
        Pool.VerifyUntouched();
    }

    private void VerifyFlowControl(bool took)
    {
        WriterMachine writer = Machine.Writer;
        _paused &= !took || writer.Buffered > writer.Limits.Low;
        _paused |= writer.Buffered > writer.Limits.High;
        writer.IsPaused.ShouldBe(_paused);
        Machine
            .Drain()
            .ShouldBe(
                Machine.State == ConnectionState.Closed ? DrainStatus.Failed
                : _paused ? DrainStatus.Pending
                : DrainStatus.Completed
            );
    }
}
