using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Kernel.Tests;

/// <summary>One end of a connection of a program: what each of its operations came to.</summary>
internal sealed class FuzzEnd(Connection connection)
{
    /// <summary>More bytes than this are not distinguished: how much of much is there depends on sizes of buffers.</summary>
    private const int Countable = 20_000;

    /// <summary>A prime, so that no two segments are alike; with a line feed in each period.</summary>
    private const int Period = 251;

    private long _written;
    private long _read;
    private CancellationTokenSource? _reading;

    public Connection Connection => connection;

    /// <summary>Does a step.</summary>
    /// <returns>What became of it, once that is known.</returns>
    public Task<string> DoAsync(FuzzStep step) =>
        step.Action switch
        {
            FuzzAction.Write => DoneAsync(() => Write(step.Count)),
            FuzzAction.Drain => EndAsync(connection.Writer.DrainAsync()),
            FuzzAction.Read => ReadAsync(token => connection.Reader.ReadAsync(step.Count, token)),
            FuzzAction.ReadExactly => ReadAsync(token => connection.Reader.ReadExactlyAsync(step.Count, token)),
            FuzzAction.ReadLine => ReadAsync(token => connection.Reader.ReadLineAsync(token)),
            FuzzAction.ReadToEnd => ReadAsync(token => connection.Reader.ReadToEndAsync(token)),
            FuzzAction.CancelRead => DoneAsync(() => _reading?.Cancel()),
            FuzzAction.WriteEof => DoneAsync(connection.Writer.WriteEof),
            FuzzAction.Close => DoneAsync(connection.Writer.Close),
            FuzzAction.Abort => DoneAsync(connection.Abort),
            FuzzAction.WaitClosed => EndAsync(connection.Writer.WaitClosedAsync()),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, "This is no step of an end."),
        };

    /// <summary>How it stands in the end.</summary>
    public string State() =>
        $"{(connection.Writer.IsClosing ? "closing" : "open")}, {Words(connection.Reader.Exception) ?? "no error"}";

    private void Write(int count)
    {
        byte[] data = new byte[count];
        for (int i = 0; i < count; i++)
        {
            data[i] = (byte)((_written + i) % Period);
        }

        _written += count;
        connection.Writer.Write(data);
    }

    private async Task<string> ReadAsync(Func<CancellationToken, ValueTask<byte[]>> read)
    {
        CancellationTokenSource reading = new();
        try
        {
            ValueTask<byte[]> task = read(reading.Token);
            if (!task.IsCompleted)
            {
                _reading = reading;
            }

            return Count(await task);
        }
        catch (Exception error) when (Words(error) is { } words)
        {
            return words;
        }
    }

    private async Task<string> EndAsync(ValueTask task)
    {
        try
        {
            await task;
            return "done";
        }
        catch (Exception error) when (Words(error) is { } words)
        {
            return words;
        }
    }

    private Task<string> DoneAsync(Action action)
    {
        try
        {
            action();
            return Task.FromResult("done");
        }
        catch (Exception error) when (Words(error) is { } words)
        {
            return Task.FromResult(words);
        }
    }

    private string Count(ReadOnlySpan<byte> data)
    {
        for (int i = 0; i < data.Length; i++)
        {
            if (data[i] != (_read + i) % Period)
            {
                return $"a wrong byte at {_read + i}";
            }
        }

        _read += data.Length;
        return data.Length < Countable ? $"{data.Length} bytes" : "many bytes";
    }

    private string? Words(Exception? error) =>
        error switch
        {
            IncompleteReadException incomplete => $"incomplete, {Count(incomplete.Partial.Span)}",
            _ => WordsOf(error),
        };

    private static string? WordsOf(Exception? error) =>
        error switch
        {
            ConnectionException { Kind: var kind } => $"{kind}",
            OperationCanceledException => "cancelled",
            InvalidOperationException or LimitOverrunException or ArgumentException => error.GetType().Name,
            _ => null,
        };
}
