using System.IO.Pipelines;

namespace Deterministic.Streams.Tests;

public class StreamReadTests
{
    private readonly Wire _wire = new();
    private readonly Stream _stream;
    private readonly CancellationTokenSource _source = new();
    private readonly byte[] _buffer = new byte[8];

    public StreamReadTests() => _stream = _wire.Connection.AsStream();

    [Fact]
    public void A_read_takes_what_there_is_and_then_waits_for_more()
    {
        _wire.Transport.Arrive("abc");
        Read().Now().ShouldBe("abc");
        Task<string> next = Read();
        next.ShouldWait();
        _wire.Transport.Arrive("defghijklm");
        next.Now().ShouldBe("defghijk");
        Read().Now().ShouldBe("lm");
    }

    [Fact]
    public void At_the_end_of_the_stream_every_read_gives_0()
    {
        Task<string> read = Read();
        _wire.Transport.ArriveEof();
        read.Now().ShouldBe("");
        Read().Now().ShouldBe("");
        Wait().Now().ShouldBe(0);
    }

    [Fact]
    public void A_read_of_nothing_waits_for_data_and_takes_none()
    {
        Task<int> wait = Wait();
        wait.ShouldWait();
        _wire.Transport.Arrive("abc");
        wait.Now().ShouldBe(0);
        Wait().Now().ShouldBe(0);
        Read().Now().ShouldBe("abc");
        Wait().ShouldWait();
    }

    [Fact]
    public void A_read_of_nothing_can_be_cancelled()
    {
        Task<int> wait = Wait(_source.Token);
        _source.Cancel();
        _wire.Transport.RunScheduled();
        wait.ShouldBeCancelledBy(_source.Token);
        _wire.Transport.Arrive("abc");
        Read().Now().ShouldBe("abc");
    }

    [Fact]
    public void A_cancelled_read_loses_nothing()
    {
        Task<string> read = Read(_source.Token);
        _source.Cancel();
        _wire.Transport.Arrive("abc");
        _wire.Transport.RunScheduled();
        read.ShouldBeCancelledBy(_source.Token);
        Read(_source.Token).ShouldBeCancelledBy(_source.Token);
        Read().Now().ShouldBe("abc");
    }

    [Fact]
    public void Two_reads_at_once_are_refused_and_the_first_goes_on()
    {
        Task<string> read = Read();
        Should.Throw<InvalidOperationException>(() =>
        {
            _ = _stream.ReadAsync(_buffer);
        });
        Should.Throw<InvalidOperationException>(() =>
        {
            _ = _stream.ReadAsync(Memory<byte>.Empty);
        });
        _wire.Transport.Arrive("abc");
        read.Now().ShouldBe("abc");
    }

    [Fact]
    public void The_connections_own_reads_go_on_where_the_streams_left_off()
    {
        _wire.Transport.Arrive("ab\ncd");
        _stream.ReadAsync(_buffer.AsMemory(0, 1)).AsTask().Now().ShouldBe(1);
        _wire.Reader.ReadLineAsync().AsTask().Text().ShouldBe("b\n");
        Read().Now().ShouldBe("cd");
    }

    [Fact]
    public void The_older_ways_to_read_do_the_same()
    {
        _wire.Transport.Arrive("abcdef");
        _stream.ReadAsync(_buffer, 1, 2).Now().ShouldBe(2);
        Bytes.Text(_buffer).ShouldBe("\0ab\0\0\0\0\0");
        IAsyncResult pending = _stream.BeginRead(_buffer, 3, 4, null, "state");
        pending.AsyncState.ShouldBe("state");
        _stream.EndRead(pending).ShouldBe(4);
        Bytes.Text(_buffer).ShouldBe("\0abcdef\0");
        Should.Throw<ArgumentOutOfRangeException>(() => _stream.ReadAsync(_buffer, 1, 8));
        Should.Throw<ArgumentNullException>(() => _stream.ReadAsync(null!, 0, 0));
    }

    [Fact]
    public void A_loss_is_thrown_as_it_is_and_is_an_IOException()
    {
        Task<string> read = Read();
        _wire.Transport.ArriveError(Wire.Reset);
        _wire.Transport.RunScheduled();
        read.Error<IOException>().ShouldBeSameAs(Wire.Reset);
        Wait().Error<IOException>().ShouldBeSameAs(Wire.Reset);
    }

    [Fact]
    public void A_copy_gives_everything_to_its_destination_until_the_end()
    {
        MemoryStream copy = new();
        _wire.Transport.Arrive("abc");
        Task copying = _stream.CopyToAsync(copy);
        copying.ShouldWait();
        _wire.Transport.Arrive("def");
        _wire.Transport.ArriveEof();
        copying.Now();
        Bytes.Text(copy.ToArray()).ShouldBe("abcdef");
    }

    [Fact]
    public void What_the_destination_of_a_copy_did_not_take_stays_readable()
    {
        _wire.Transport.Arrive("abc");
        Task copying = _stream.CopyToAsync(new MemoryStream(new byte[2]));
        copying.Error<NotSupportedException>();
        Read().Now().ShouldBe("abc");
    }

    [Fact]
    public void A_copy_can_be_cancelled_and_loses_nothing()
    {
        MemoryStream copy = new();
        Task copying = _stream.CopyToAsync(copy, _source.Token);
        _wire.Transport.Arrive("abc");
        _source.Cancel();
        _wire.Transport.RunScheduled();
        copying.ShouldBeCancelledBy(_source.Token);
        _wire.Transport.Arrive("def");
        Bytes.Text(copy.ToArray()).ShouldBe("abc");
        Read().Now().ShouldBe("def");
    }

    [Theory]
    [InlineData("stream", "stream")]
    [InlineData("stream", "pipe")]
    [InlineData("pipe", "stream")]
    [InlineData("pipe", "pipe")]
    public void What_the_destination_of_a_cancelled_copy_took_is_not_copied_again(string from, string to)
    {
        Wire target = Wire.Blocked(queued: 9);
        PipeWriter output = target.Connection.AsDuplexPipe(leaveOpen: true).Output;
        PipeReader input = _wire.Connection.AsDuplexPipe(leaveOpen: true).Input;
        Stream destination = to == "pipe" ? output.AsStream() : target.Connection.AsStream();
        _wire.Transport.Arrive("abc");
        Task cancelled = CopyAsync(_source.Token);
        cancelled.ShouldWait();
        _source.Cancel();
        target.Transport.RunScheduled();
        cancelled.ShouldBeCancelledBy(_source.Token);
        CopyAsync(_source.Token).ShouldBeCancelledBy(_source.Token);
        _wire.Transport.Arrive("def");
        _wire.Transport.ArriveEof();
        Task copying = CopyAsync(default);
        target.Transport.Accept(100);
        target.Transport.RunScheduled();
        copying.Now();
        target.Transport.Sent.ShouldBe("xxxxxxxxxabcdef");

        Task CopyAsync(CancellationToken token) =>
            (from, to) switch
            {
                ("stream", _) => _stream.CopyToAsync(destination, token),
                (_, "pipe") => input.CopyToAsync(output, token),
                _ => input.CopyToAsync(destination, token),
            };
    }

    [Fact]
    public void What_a_destination_refused_at_once_because_of_the_cancellation_stays_readable()
    {
        _wire.Transport.Arrive("abc");
        Task copying = _stream.CopyToAsync(new RefusingStream(_source), _source.Token);
        copying.IsCanceled.ShouldBeTrue();
        Read().Now().ShouldBe("abc");
    }

    [Fact]
    public void There_is_no_seeking()
    {
        _stream.CanRead.ShouldBeTrue();
        _stream.CanWrite.ShouldBeTrue();
        _stream.CanSeek.ShouldBeFalse();
        Should.Throw<NotSupportedException>(() => _stream.Length);
        Should.Throw<NotSupportedException>(() => _stream.Position);
        Should.Throw<NotSupportedException>(() => _stream.Position = 1);
        Should.Throw<NotSupportedException>(() => _stream.Seek(0, SeekOrigin.Begin));
        Should.Throw<NotSupportedException>(() => _stream.SetLength(1));
    }

    private async Task<string> Read(CancellationToken token = default)
    {
        int count = await _stream.ReadAsync(_buffer, token).ConfigureAwait(false);
        return Bytes.Text(_buffer.AsSpan(0, count));
    }

    /// <summary>The cancellation comes just before the write.</summary>
    private sealed class RefusingStream(CancellationTokenSource source) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            source.Cancel();
            return base.WriteAsync(buffer, cancellationToken);
        }
    }

    private Task<int> Wait(CancellationToken token = default) => _stream.ReadAsync(Memory<byte>.Empty, token).AsTask();
}
