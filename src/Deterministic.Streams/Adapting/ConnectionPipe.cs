using System.IO.Pipelines;

namespace Deterministic.Streams.Adapting;

/// <summary>A connection as two pipes. What it promises is written at <see cref="ConnectionAdapters.AsDuplexPipe"/>.</summary>
internal sealed class ConnectionPipe : IDuplexPipe
{
    private readonly Connection _connection;
    private readonly bool _leaveOpen;
    private int _completed;

    public ConnectionPipe(Connection connection, bool leaveOpen)
    {
        _connection = connection;
        _leaveOpen = leaveOpen;
        Input = new ConnectionPipeReader(this, connection.Reader);
        Output = new ConnectionPipeWriter(this, connection);
    }

    public Connection Connection => _connection;

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>The reader is done with.</summary>
    public void CompleteInput(Exception? error) => Complete(PipeHalves.Input, error);

    /// <summary>The writer is done with, and everything it held was written.</summary>
    public void CompleteOutput(Exception? error)
    {
        if (error is null && !_leaveOpen)
        {
            if (_connection.Writer.CanWriteEof)
            {
                _connection.Writer.WriteEof();
            }
            else
            {
                // The only way to signal the end to the peer, which may be waiting for it.
                _connection.Writer.Close();
            }
        }

        Complete(PipeHalves.Output, error);
    }

    private void Complete(PipeHalves half, Exception? error)
    {
        PipeHalves completed = (PipeHalves)Interlocked.Or(ref _completed, (int)half) | half;
        if (_leaveOpen)
        {
            return;
        }

        if (error is not null)
        {
            _connection.Abort();
        }
        else if (completed == PipeHalves.Both)
        {
            _connection.Writer.Close();
        }
    }
}
