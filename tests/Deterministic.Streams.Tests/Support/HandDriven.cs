using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams.Protocols;

namespace Deterministic.Streams.Tests;

/// <summary>A transport of callbacks that the test plays, as a callback library of another make would be.</summary>
internal sealed class HandDriven : ProtocolTransport
{
    private readonly Queue<(Action<object?> Callback, object? State)> _scheduled = [];

    /// <summary>What it was called for, in order.</summary>
    public List<string> Calls { get; } = [];

    public string Sent { get; private set; } = "";

    /// <summary>Called after each write.</summary>
    public Action? AfterWrite { get; set; }

    public override StreamProtocol Protocol => throw new NotSupportedException();

    public override Task Completion => throw new NotSupportedException();

    public override bool IsClosing => false;

    public override bool IsReading => true;

    public override bool CanWriteEof => true;

    public override long Buffered => 0;

    public override WriteBufferLimits WriteBufferLimits { get; set; }

    public static ReadOnlySequence<byte> Data(string text) => new(Bytes.Of(text));

    public int RunScheduled()
    {
        int count = 0;
        while (_scheduled.TryDequeue(out (Action<object?> Callback, object? State) work))
        {
            work.Callback(work.State);
            count++;
        }

        return count;
    }

    public override void SetProtocol(StreamProtocol protocol) => throw new NotSupportedException();

    public override void Write(ReadOnlySpan<byte> data)
    {
        Sent += Bytes.Text(data.ToArray());
        AfterWrite?.Invoke();
    }

    public override void Write(in ReadOnlySequence<byte> data) => throw new NotSupportedException();

    public override void WriteLines(IEnumerable<ReadOnlyMemory<byte>> lines) => throw new NotSupportedException();

    public override void WriteEof() => Calls.Add("eof");

    public override void Close() => Calls.Add("close");

    public override void Abort() => Calls.Add("abort");

    public override void PauseReading() => Calls.Add("pause");

    public override void ResumeReading() => Calls.Add("resume");

    public override object? GetExtraInfo(string name, object? defaultValue = null) =>
        name switch
        {
            "sockname" => new IPEndPoint(IPAddress.Loopback, 1),
            "peername" => new IPEndPoint(IPAddress.Loopback, 2),
            "colour" => "blue",
            _ => defaultValue,
        };

    public override void Schedule(Action<object?> callback, object? state) => _scheduled.Enqueue((callback, state));
}
