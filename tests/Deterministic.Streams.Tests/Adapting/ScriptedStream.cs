namespace Deterministic.Streams.Tests;

/// <summary>A stream that the test plays: it records what it is called for, and ends a read, a write, a flush or the close when the test says so.</summary>
internal sealed class ScriptedStream : Stream
{
    private readonly List<string> _calls = [];
    private TaskCompletionSource<string>? _read;
    private Memory<byte> _reading;

    public string Calls => string.Join(' ', _calls);

    public string Sent { get; private set; } = "";

    public bool IsReading => _read is not null;

    /// <summary>What each kind of call waits for.</summary>
    public TaskCompletionSource? Writing { get; set; }

    public TaskCompletionSource? Flushing { get; set; }

    public TaskCompletionSource? Closing { get; set; }

    /// <summary>What each call throws, at once.</summary>
    public Exception? ReadFailure { get; set; }

    public Exception? WriteFailure { get; set; }

    public Exception? DisposeFailure { get; set; }

    /// <summary>The context in which it was read.</summary>
    public SynchronizationContext? ReadIn { get; private set; }

    public override bool CanRead => Readable;

    public bool Readable { get; init; } = true;

    public override bool CanWrite => Writable;

    public bool Writable { get; init; } = true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes arrive; none are the end of the stream.</summary>
    public void Arrive(string text)
    {
        EndRead(read => read.SetResult(text));
    }

    public void FailRead(Exception error) => EndRead(read => read.SetException(error));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _calls.Add("read");
        ReadIn = SynchronizationContext.Current;
        if (ReadFailure is not null)
        {
            throw ReadFailure;
        }

        _read.ShouldBeNull("two reads at once");
        _reading = buffer;
        _read = new TaskCompletionSource<string>();
        using CancellationTokenRegistration registration = cancellationToken.Register(() =>
            EndRead(read => read.SetCanceled(cancellationToken))
        );
        string text = await _read.Task.ConfigureAwait(false);
        Bytes.Of(text).CopyTo(_reading);
        return text.Length;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        _calls.Add($"write[{buffer.Length}]");
        if (WriteFailure is not null)
        {
            throw WriteFailure;
        }

        await (Writing?.Task ?? Task.CompletedTask).ConfigureAwait(false);
        Sent += Bytes.Text(buffer.Span);
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        _calls.Add("flush");
        await (Flushing?.Task ?? Task.CompletedTask).ConfigureAwait(false);
    }

#pragma warning disable CA2215 // The base class would do the one within the other, and the test must know which it was.
    public override async ValueTask DisposeAsync()
    {
        _calls.Add("close");
        await (Closing?.Task ?? Task.CompletedTask).ConfigureAwait(false);
        if (DisposeFailure is not null)
        {
            throw DisposeFailure;
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _calls.Add("dispose");
        if (DisposeFailure is not null)
        {
            throw DisposeFailure;
        }
    }

    private void EndRead(Action<TaskCompletionSource<string>> end)
    {
        TaskCompletionSource<string>? read = _read;
        _read = null;
        if (read is not null)
        {
            end(read);
        }
    }
}
