using System.Buffers;
using System.Runtime.ExceptionServices;
using Deterministic.Streams.Serving;

namespace Deterministic.Streams.Protocols;

/// <summary>
/// The protocol that feeds a reader: turns callbacks into a <see cref="Connection"/>, with a reader and a writer. It goes on any <see cref="ProtocolTransport"/>: one of this library's, also in
/// mid-stream with <see cref="ProtocolTransport.SetProtocol"/>, or one that drives a callback library of another make.
/// </summary>
/// <remarks>
/// The transport that drives it calls its callbacks in the order that <see cref="StreamProtocol"/> promises, and not two at once. Awaiting reads and drains continue inside them.
/// Clauses P-01, P-02, P-04, P-10 to P-13.
/// </remarks>
public sealed class StreamReaderProtocol : StreamProtocol
{
    private readonly CallbackTransport _transport = new();
    private readonly ConnectionOptions? _options;
    private readonly Func<Connection, Task>? _clientConnected;
    private Connection? _connection;
    private volatile Exception? _failure;

    /// <summary>One without a handler: the connection is taken from <see cref="Connection"/>, and stays open until it is closed or lost. Clause P-04.</summary>
    /// <param name="options">How the reader and the writer buffer; the defaults if null.</param>
    public StreamReaderProtocol(ConnectionOptions? options = null) => _options = options;

    /// <summary>One that hands the connection to a handler. Clause P-02.</summary>
    /// <param name="clientConnected">
    /// Called inside <see cref="ConnectionMade"/>. The connection is closed in order when it returns or is cancelled, and aborted if it throws anything else, which is then reported like what a callback throws.
    /// </param>
    /// <param name="options">How the reader and the writer buffer; the defaults if null.</param>
    public StreamReaderProtocol(Func<Connection, Task> clientConnected, ConnectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(clientConnected);
        _clientConnected = clientConnected;
        _options = options;
    }

    /// <summary>One that hands a reader and a writer to a handler: the <c>client_connected_cb</c> of asyncio. Clause P-02.</summary>
    /// <param name="clientConnected">As in the other constructor.</param>
    /// <param name="options">How the reader and the writer buffer; the defaults if null.</param>
    public StreamReaderProtocol(
        Func<AsyncStreamReader, AsyncStreamWriter, Task> clientConnected,
        ConnectionOptions? options = null
    )
        : this(HandlerForms.ToTask(clientConnected), options) { }

    /// <summary>One that hands a reader and a writer to a plain handler. The connection stays open when that returns. Clause P-03.</summary>
    /// <param name="clientConnected">Called inside <see cref="ConnectionMade"/>; what it throws aborts the connection and is reported.</param>
    /// <param name="options">How the reader and the writer buffer; the defaults if null.</param>
    public StreamReaderProtocol(
        Action<AsyncStreamReader, AsyncStreamWriter> clientConnected,
        ConnectionOptions? options = null
    )
        : this(HandlerForms.ToTask(clientConnected), options) { }

    /// <summary>The connection that is fed.</summary>
    /// <exception cref="InvalidOperationException">It was not made yet.</exception>
    public Connection Connection =>
        _connection
        ?? throw new InvalidOperationException(
            "There is no connection yet: it comes with ConnectionMade, which must also be called when this protocol is set in mid-stream."
        );

    /// <summary>Begins to feed. Once. Clause P-01.</summary>
    /// <param name="transport">Where the bytes come from.</param>
    /// <exception cref="InvalidOperationException">The connection was made already.</exception>
    public override void ConnectionMade(ProtocolTransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        if (_connection is not null)
        {
            throw new InvalidOperationException(
                "This protocol has a connection already: make a new protocol for each connection."
            );
        }

        _transport.Made(transport);
        _connection = Connection.Attach(_transport, _options);
        if (_clientConnected is not null)
        {
            _ = ServeAsync(_clientConnected, _connection);
            ThrowFailure();
        }
    }

    /// <summary>Feeds the reader; bytes that come before the connection is made wait for it. Clause P-10.</summary>
    /// <param name="data">The bytes; copied.</param>
    public override void DataReceived(ReadOnlySequence<byte> data) => _transport.DataReceived(data);

    /// <summary>Ends the reader's stream, and keeps our half open. Clause P-11.</summary>
    /// <returns>True.</returns>
    public override bool EofReceived()
    {
        _transport.EofReceived();
        return true;
    }

    /// <summary>Lets drains wait. Clause P-13.</summary>
    /// <exception cref="InvalidOperationException">Writing is paused already.</exception>
    public override void PauseWriting() => _transport.PauseWriting();

    /// <summary>Lets drains continue. Clause P-13.</summary>
    /// <exception cref="InvalidOperationException">Writing is not paused.</exception>
    public override void ResumeWriting() => _transport.ResumeWriting();

    /// <summary>Ends the reader's stream, or stores the error in it; ends every drain and wait for the close alike. Clause P-12.</summary>
    /// <param name="exception">Why it was lost, or null.</param>
    public override void ConnectionLost(Exception? exception)
    {
        _transport.ConnectionLost(exception);
        _connection?.Lose(exception);
        ThrowFailure();
    }

    private async Task ServeAsync(Func<Connection, Task> handler, Connection connection)
    {
        try
        {
            // Back in the context of the program, as on a server.
            await (
                handler(connection)
                ?? throw new InvalidOperationException("The handler returned null instead of a task.")
            ).ConfigureAwait(true);
        }
        catch (OperationCanceledException)
        {
            // Clause P-07: a cancelled handler closes its connection silently.
        }
        catch (Exception error)
        {
            _failure = error;
            connection.Abort();
        }

        connection.Writer.Close();
    }

    /// <summary>What the handler threw becomes what a callback throws, and so is reported by the transport that drives this.</summary>
    private void ThrowFailure()
    {
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
