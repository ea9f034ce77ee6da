using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Conformance;

/// <summary>kind writer: a whole <see cref="Connection"/> on a <see cref="ScriptedTransport"/>.</summary>
internal sealed class ConnectionWorld : IWorld
{
    private readonly WorkQueue _work = new();
    private readonly ScriptedTransport _transport;
    private readonly Connection _connection;
    private readonly AwaitedCalls _awaited;
    private readonly StreamForm _form;

    public ConnectionWorld(Script script, StreamForm form)
    {
        _form = form;
        _transport = new ScriptedTransport(Events, _work, LargestArrival(script));
        ConnectionOptions options = new()
        {
            Limit = script.Limit,
            WriteBufferLimits = WriteBufferLimits.Create(script.High, script.Low),
        };
        _connection = Connection.Attach(_transport, options);
        _awaited = new AwaitedCalls(_connection, form);
        _work.RunUntilIdle();
    }

    public EventLog Events { get; } = new();

    public CallList Calls { get; } = new();

    public WorldState State
    {
        get
        {
            (AsyncStreamReader reader, AsyncStreamWriter writer) = _connection;
            return new WorldState(
                writer.Buffered,
                reader.AtEof,
                writer.IsPaused,
                new ConnectionStanding(writer.IsClosing, reader.Buffered)
            );
        }
    }

    public void Do(Step step)
    {
        switch (step)
        {
            case Step.MakeCall made:
                Calls.Add(made.Id, _awaited.Start(made.Id, made.Call));
                break;
            case Step.Cancel cancelled:
                _awaited.Cancel(cancelled.Id);
                break;
            case Step.Accept accept:
                _transport.Accept(accept.Count);
                break;
            case Step.PeerData peer:
                _transport.PeerData(peer.Data);
                break;
            case Step.PeerEof:
                _transport.PeerEof();
                break;
            case Step.Lost lost:
                _transport.Lose(lost.Name);
                break;
            default:
                Command(step);
                break;
        }

        _work.RunUntilIdle();
    }

    public void End()
    {
        _awaited.CancelAll();
        _connection.Abort();
        _work.RunUntilIdle();
        _connection.Reader.TakeBuffered();
    }

    /// <summary>What the program under test does without waiting.</summary>
    private void Command(Step step)
    {
        AsyncStreamWriter writer = _connection.Writer;
        try
        {
            switch (step)
            {
                case Step.Write write when _form == StreamForm.Borrowed:
                    writer.Write(Pieces.Of(write.Data));
                    break;
                case Step.Write write:
                    writer.Write(write.Data);
                    break;
                case Step.WriteLines write:
                    writer.WriteLines(write.Data.Select(line => (ReadOnlyMemory<byte>)line));
                    break;
                case Step.WriteEof:
                    writer.WriteEof();
                    break;
                case Step.Close:
                    writer.Close();
                    break;
                case Step.Abort:
                    writer.Abort();
                    break;
                case Step.SetLimits limits:
                    writer.WriteBufferLimits = WriteBufferLimits.Create(limits.High, limits.Low);
                    break;
                default:
                    throw new InvalidDataException($"A connection knows no step {step}.");
            }
        }
        catch (ArgumentException)
        {
            Events.Refused("bad_argument");
        }
        catch (InvalidOperationException)
        {
            Events.Refused("invalid_state");
        }
    }

    private static int LargestArrival(Script script) =>
        script.Steps.OfType<Step.PeerData>().Select(arrival => arrival.Data.Length).DefaultIfEmpty().Max();
}
