using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams.Engine;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams;

/// <summary>
/// Reads from a connection, in the manner of asyncio's <c>StreamReader</c>. One read at a time; a second one throws at once and disturbs nothing.
/// Otherwise safe to use from any thread.
/// </summary>
/// <remarks>
/// <para>
/// Each read has an owned form, which returns bytes of the caller's own, and a borrowed form (<c>Borrow…</c>), which lends the reader's memory
/// until the next read is begun: nothing is copied and nothing allocated.
/// </para>
/// <para>
/// A cancelled read loses nothing: what it had seen is there for the next one. After the connection failed every read throws that error;
/// what had arrived before stays reachable through <see cref="TakeBuffered"/>.
/// </para>
/// <para>A <see cref="ValueTask"/> that a read returns is awaited once. The next read may begin once its result was picked up.</para>
/// </remarks>
public sealed partial class AsyncStreamReader : IAsyncEnumerable<byte[]>
{
    /// <summary>Another one once TLS is started.</summary>
    private ConnectionEngine _engine;
    private SeparatorSet _lastSeparator = SeparatorSet.LineFeed;

    internal AsyncStreamReader(ConnectionEngine engine) => _engine = engine;

    internal ConnectionEngine Engine => _engine;

    /// <summary>The longest line or message in bytes, its separator not counted; reading pauses above twice this. Clause R-FEED-03.</summary>
    public int Limit => _engine.Limit;

    /// <summary>Whether the peer has ended the stream and every byte was read. Clause R-EOF-02.</summary>
    public bool AtEof => _engine.Inspect(static reader => reader.AtEof);

    /// <summary>Why the connection was lost, or null. Clause R-EXC-01.</summary>
    public Exception? Exception => _engine.Inspect(static reader => reader.Error);

    /// <summary>Bytes received and not yet read. What a waiting read to the end has gathered is not counted.</summary>
    public long Buffered => _engine.Inspect(static reader => reader.Buffered);

    /// <summary>Reads at least one byte and at most <paramref name="count"/>, or nothing at the end of the stream. Clauses R-READ-01 to R-READ-04.</summary>
    /// <remarks>
    /// As in asyncio, and unlike <see cref="Stream.ReadAsync(Memory{byte}, CancellationToken)"/> and <c>PipeReader.ReadAsync</c>, a call without a count does not return what has arrived: it waits for
    /// the end of the stream, as <see cref="ReadToEndAsync"/> does.
    /// </remarks>
    /// <param name="count">At most so many bytes; any negative number, the default, reads to the end.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <returns>The bytes; empty at the end of the stream, never null.</returns>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<byte[]> ReadAsync(int count = -1, CancellationToken cancellationToken = default) =>
        OwnedAsync(ReadRequest.Read(count), cancellationToken);

    /// <summary>Reads at least one byte into the caller's memory, or nothing at the end of the stream.</summary>
    /// <param name="buffer">Where to; in use until the read has ended.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <returns>The number of bytes read; 0 at the end of the stream, or if the buffer is empty.</returns>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _engine.ReadAsync<int, FilledForm>(ReadRequest.Read(buffer.Length), buffer, cancellationToken);

    /// <summary>As <see cref="ReadAsync(int, CancellationToken)"/>, lent until the next read.</summary>
    /// <param name="count">At most so many bytes; any negative number reads to the end.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    public ValueTask<ReadOnlySequence<byte>> BorrowAsync(int count, CancellationToken cancellationToken = default) =>
        BorrowedAsync(ReadRequest.Read(count), cancellationToken);

    /// <summary>Reads everything until the end of the stream, however much it is. Clause R-READ-02.</summary>
    /// <param name="cancellationToken">Ends the wait; what was gathered stays readable.</param>
    /// <exception cref="ConnectionException">The connection was lost; what was gathered stays reachable.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<byte[]> ReadToEndAsync(CancellationToken cancellationToken = default) =>
        OwnedAsync(ReadRequest.ToEnd, cancellationToken);

    /// <summary>As <see cref="ReadToEndAsync"/>, lent until the next read.</summary>
    /// <param name="cancellationToken">Ends the wait; what was gathered stays readable.</param>
    public ValueTask<ReadOnlySequence<byte>> BorrowToEndAsync(CancellationToken cancellationToken = default) =>
        BorrowedAsync(ReadRequest.ToEnd, cancellationToken);

    /// <summary>Reads a line with its line feed; at the end of the stream what is left, or nothing. Clauses R-LINE-01 to R-LINE-03.</summary>
    /// <remarks>
    /// As in asyncio, and unlike <see cref="TextReader.ReadLineAsync()"/>, the end of the stream is an empty array and not null, so that a loop ends with
    /// <c>while ((line = await reader.ReadLineAsync()).Length &gt; 0)</c>; one that waits for null never ends. An empty line is not empty: it holds its line feed. A last line that was cut short has none.
    /// </remarks>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <returns>The line; empty at the end of the stream, never null.</returns>
    /// <exception cref="LimitOverrunException">The line is longer than the limit; nothing was consumed. See <see cref="SkipLineAsync"/>.</exception>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<byte[]> ReadLineAsync(CancellationToken cancellationToken = default) =>
        OwnedAsync(ReadRequest.Line, cancellationToken);

    /// <summary>As <see cref="ReadLineAsync"/>, lent until the next read.</summary>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <returns>The line; an empty sequence at the end of the stream.</returns>
    public ValueTask<ReadOnlySequence<byte>> BorrowLineAsync(CancellationToken cancellationToken = default) =>
        BorrowedAsync(ReadRequest.Line, cancellationToken);

    /// <summary>
    /// Borrows every whole line that has arrived: at least one, and no more than the limit holds; at the end of the stream what is left, or none. One wait and one turn of bookkeeping for all of them:
    /// the fast way through many short lines. Each line is one that <see cref="ReadLineAsync"/> would have given.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <returns>The lines, lent until the next read. All of them count as read, looked at or not.</returns>
    /// <exception cref="LimitOverrunException">The first line is longer than the limit; nothing was consumed. See <see cref="SkipLineAsync"/>.</exception>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<BorrowedLines> BorrowLinesAsync(CancellationToken cancellationToken = default) =>
        _engine.ReadAsync<BorrowedLines, LinesForm>(ReadRequest.Lines, default, cancellationToken);

    /// <summary>Reads exactly <paramref name="count"/> bytes, even more than the limit. Clauses R-EXA-01 to R-EXA-05.</summary>
    /// <param name="count">The number of bytes.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="IncompleteReadException">The stream ended first; the exception has the bytes that came.</exception>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<byte[]> ReadExactlyAsync(int count, CancellationToken cancellationToken = default) =>
        OwnedAsync(ReadRequest.Exactly(count), cancellationToken);

    /// <summary>Fills the caller's memory.</summary>
    /// <param name="buffer">Where to; in use until the read has ended.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <exception cref="IncompleteReadException">The stream ended first; the exception has the bytes that came.</exception>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask ReadExactlyAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> read = _engine.ReadAsync<int, FilledForm>(
            ReadRequest.Exactly(buffer.Length),
            buffer,
            cancellationToken
        );
        return WithoutCountAsync(read);

        static async ValueTask WithoutCountAsync(ValueTask<int> read) => await read.ConfigureAwait(false);
    }

    /// <summary>As <see cref="ReadExactlyAsync(int, CancellationToken)"/>, lent until the next read.</summary>
    /// <param name="count">The number of bytes.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    public ValueTask<ReadOnlySequence<byte>> BorrowExactlyAsync(
        int count,
        CancellationToken cancellationToken = default
    ) => BorrowedAsync(ReadRequest.Exactly(count), cancellationToken);

    /// <summary>Reads everything through a separator. Clauses R-UNTIL-01 to R-UNTIL-10.</summary>
    /// <param name="separator">One separator of any length; copied.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <exception cref="ArgumentException"><paramref name="separator"/> is empty.</exception>
    /// <exception cref="LimitOverrunException">The message is longer than the limit; nothing was consumed.</exception>
    /// <exception cref="IncompleteReadException">The stream ended first; the exception has the bytes that came.</exception>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<byte[]> ReadUntilAsync(
        ReadOnlySpan<byte> separator,
        CancellationToken cancellationToken = default
    ) => OwnedAsync(ReadRequest.Until(Remember(separator)), cancellationToken);

    /// <summary>Reads everything through the first line feed, the separator where none is given. Clauses R-UNTIL-01, R-UNTIL-08.</summary>
    /// <remarks>As <see cref="ReadLineAsync"/>, but a last line without a line feed is incomplete.</remarks>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <exception cref="LimitOverrunException">The message is longer than the limit; nothing was consumed.</exception>
    /// <exception cref="IncompleteReadException">The stream ended first; the exception has the bytes that came.</exception>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<byte[]> ReadUntilAsync(CancellationToken cancellationToken = default) =>
        ReadUntilAsync(SeparatorSet.LineFeed, cancellationToken);

    /// <summary>Reads everything through the first of several separators. Clauses R-UNTIL-11 to R-UNTIL-14.</summary>
    /// <param name="separators">What ends the message.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    /// <exception cref="LimitOverrunException">The message is longer than the limit; nothing was consumed.</exception>
    /// <exception cref="IncompleteReadException">The stream ended first; the exception has the bytes that came.</exception>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<byte[]> ReadUntilAsync(SeparatorSet separators, CancellationToken cancellationToken = default) =>
        OwnedAsync(ReadRequest.Until(separators), cancellationToken);

    /// <summary>As <see cref="ReadUntilAsync(ReadOnlySpan{byte}, CancellationToken)"/>, lent until the next read.</summary>
    /// <param name="separator">One separator of any length; copied.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    public ValueTask<ReadOnlySequence<byte>> BorrowUntilAsync(
        ReadOnlySpan<byte> separator,
        CancellationToken cancellationToken = default
    ) => BorrowedAsync(ReadRequest.Until(Remember(separator)), cancellationToken);

    /// <summary>As <see cref="ReadUntilAsync(CancellationToken)"/>, lent until the next read.</summary>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    public ValueTask<ReadOnlySequence<byte>> BorrowUntilAsync(CancellationToken cancellationToken = default) =>
        BorrowUntilAsync(SeparatorSet.LineFeed, cancellationToken);

    /// <summary>As <see cref="ReadUntilAsync(SeparatorSet, CancellationToken)"/>, lent until the next read.</summary>
    /// <param name="separators">What ends the message.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is lost.</param>
    public ValueTask<ReadOnlySequence<byte>> BorrowUntilAsync(
        SeparatorSet separators,
        CancellationToken cancellationToken = default
    ) => BorrowedAsync(ReadRequest.Until(separators), cancellationToken);

    /// <summary>Drops bytes through the next line feed, or to the end of the stream, without buffering them: the way past an overlong line.</summary>
    /// <param name="cancellationToken">Ends the wait; what was dropped by then is gone.</param>
    /// <returns>The number of bytes dropped.</returns>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<long> SkipLineAsync(CancellationToken cancellationToken = default) =>
        SkipUntilAsync(SeparatorSet.LineFeed, cancellationToken);

    /// <summary>Drops bytes through the first of several separators, or to the end of the stream, without buffering them.</summary>
    /// <param name="separators">What ends the message.</param>
    /// <param name="cancellationToken">Ends the wait; what was dropped by then is gone.</param>
    /// <returns>The number of bytes dropped.</returns>
    /// <exception cref="ConnectionException">The connection was lost.</exception>
    /// <exception cref="InvalidOperationException">Another read is under way.</exception>
    public ValueTask<long> SkipUntilAsync(SeparatorSet separators, CancellationToken cancellationToken = default) =>
        _engine.ReadAsync<long, SkippedForm>(ReadRequest.Skip(separators), default, cancellationToken);

    /// <summary>Takes a copy of all that is buffered, without waiting; also after the connection failed.</summary>
    /// <exception cref="InvalidOperationException">A read is under way.</exception>
    public byte[] TakeBuffered() => _engine.TakeBuffered();

    /// <summary>A copy of all that is buffered, without taking it; also after the connection failed.</summary>
    public byte[] PeekBuffered() => _engine.Inspect(static reader => reader.PeekBuffered().ToArray());

    /// <summary>The lines of the stream, each with its line feed, until its end. Clauses R-ITER-01, R-ITER-02.</summary>
    /// <remarks>The last one has no line feed if the peer ended the stream without one. The reader is read as it is enumerated: two enumerations share its lines.</remarks>
    /// <param name="cancellationToken">Ends the wait for the next line; nothing is lost.</param>
    public async IAsyncEnumerator<byte[]> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            byte[] line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line.Length == 0)
            {
                yield break;
            }

            yield return line;
        }
    }

    internal void MoveTo(ConnectionEngine engine) => _engine = engine;

    private ValueTask<byte[]> OwnedAsync(in ReadRequest request, CancellationToken cancellationToken) =>
        _engine.ReadAsync<byte[], OwnedForm>(request, default, cancellationToken);

    private ValueTask<ReadOnlySequence<byte>> BorrowedAsync(
        in ReadRequest request,
        CancellationToken cancellationToken
    ) => _engine.ReadAsync<ReadOnlySequence<byte>, BorrowedForm>(request, default, cancellationToken);

    /// <summary>A protocol mostly asks for the same separator again; preparing one costs a small table.</summary>
    private SeparatorSet Remember(ReadOnlySpan<byte> separator)
    {
        SeparatorSet last = _lastSeparator;
        return last.IsOnly(separator) ? last : _lastSeparator = SeparatorSet.Create(separator);
    }
}
