using System.Buffers;
using System.IO.Pipelines;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>A connection as a script uses it: as itself, or through one of its adapters.</summary>
internal abstract class TalkingEnd(TimeProvider time)
{
    public static TalkingEnd Of(char kind, Connection connection, TimeProvider time) =>
        kind switch
        {
            's' => new OfStream(connection, time),
            'p' => new OfPipe(connection, time),
            _ => new OfConnection(connection, time),
        };

    public abstract Task WriteAsync(byte[] data);

    /// <summary>Ends our half.</summary>
    public abstract Task EndAsync();

    /// <summary>Closes what is left.</summary>
    public abstract Task CloseAsync();

    /// <summary>Plays the steps, over and over, until the end of the stream.</summary>
    public async Task<byte[]> ReadToEndAsync(IReadOnlyList<ReadStep> steps)
    {
        ArrayBufferWriter<byte> all = new();
        for (int i = 0; ; i = (i + 1) % steps.Count)
        {
            ReadStep step = steps[i];
            using CancellationTokenSource? source = step.Patience is { } patience
                ? new CancellationTokenSource(patience, time)
                : null;
            try
            {
                if (!await ReadAsync(step, all, source?.Token ?? default))
                {
                    return all.WrittenSpan.ToArray();
                }
            }
            catch (OperationCanceledException) when (source is { IsCancellationRequested: true })
            {
                // It loses nothing: that is what the whole is for.
            }
        }
    }

    /// <returns>Whether there may be more.</returns>
    protected abstract Task<bool> ReadAsync(ReadStep step, ArrayBufferWriter<byte> all, CancellationToken token);

    private sealed class OfConnection(Connection connection, TimeProvider time) : TalkingEnd(time)
    {
        public override async Task WriteAsync(byte[] data)
        {
            connection.Writer.Write(data);
            await connection.Writer.DrainAsync();
        }

        public override Task EndAsync()
        {
            connection.Writer.WriteEof();
            return Task.CompletedTask;
        }

        public override Task CloseAsync() => connection.DisposeAsync().AsTask();

        protected override async Task<bool> ReadAsync(
            ReadStep step,
            ArrayBufferWriter<byte> all,
            CancellationToken token
        )
        {
            byte[] read = await connection.Reader.ReadAsync(step.Count, token);
            all.Write(read);
            return read.Length > 0 || step.Count == 0;
        }
    }

    private sealed class OfStream(Connection connection, TimeProvider time) : TalkingEnd(time)
    {
        private readonly Stream _stream = connection.AsStream();

        public override async Task WriteAsync(byte[] data)
        {
            await _stream.WriteAsync(data);
            await _stream.FlushAsync();
        }

        public override Task EndAsync()
        {
            connection.Writer.WriteEof();
            return Task.CompletedTask;
        }

        public override Task CloseAsync() => _stream.DisposeAsync().AsTask();

        protected override async Task<bool> ReadAsync(
            ReadStep step,
            ArrayBufferWriter<byte> all,
            CancellationToken token
        )
        {
            byte[] buffer = new byte[step.Count];
            int count = await _stream.ReadAsync(buffer, token);
            all.Write(buffer.AsSpan(0, count));
            return count > 0 || step.Count == 0;
        }
    }

    private sealed class OfPipe(Connection connection, TimeProvider time) : TalkingEnd(time)
    {
        private readonly IDuplexPipe _pipe = connection.AsDuplexPipe();

        public override async Task WriteAsync(byte[] data)
        {
            // Half of it put together in the pipe's memory, half of it given.
            int half = data.Length / 2;
            data.AsSpan(0, half).CopyTo(_pipe.Output.GetSpan(half));
            _pipe.Output.Advance(half);
            (await _pipe.Output.WriteAsync(data.AsMemory(half))).IsCompleted.ShouldBeFalse();
        }

        public override Task EndAsync() => _pipe.Output.CompleteAsync().AsTask();

        public override async Task CloseAsync()
        {
            await _pipe.Output.CompleteAsync();
            await _pipe.Input.CompleteAsync();
            await connection.Writer.WaitClosedAsync();
        }

        protected override async Task<bool> ReadAsync(
            ReadStep step,
            ArrayBufferWriter<byte> all,
            CancellationToken token
        )
        {
            using CancellationTokenRegistration interrupt = token.Register(_pipe.Input.CancelPendingRead);
            // Every other step with patience is ended by its token, the others by the pipe's own way to cancel.
            ReadResult result = await _pipe.Input.ReadAsync(step.LooksAtAll ? token : default);
            ReadOnlySequence<byte> taken = result.Buffer.Slice(0, Math.Min(step.Count, result.Buffer.Length));
            all.Write(taken.ToArray());
            bool more = !result.IsCompleted || taken.Length < result.Buffer.Length;
            _pipe.Input.AdvanceTo(taken.End, step.LooksAtAll ? result.Buffer.End : taken.End);
            return more;
        }
    }
}
