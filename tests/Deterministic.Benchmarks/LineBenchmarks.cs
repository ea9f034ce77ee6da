using System.Buffers;
using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Deterministic.Core;

namespace Deterministic.Benchmarks;

/// <summary>
/// What it costs to split received bytes into lines of 64 bytes: the reader machine against a <see cref="PipeReader"/> fed with the same chunks,
/// and against a bare search as the ceiling. Compare ratios within one run.
/// </summary>
[MemoryDiagnoser]
public class LineBenchmarks
{
    private const int LineLength = 64;
    private const int LinesPerChunk = 64;
    private const int Chunks = 256;

    private readonly byte[] _chunk = MakeChunk();
    private readonly ReaderMachine _machine = new();
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));

    [Benchmark(Baseline = true, OperationsPerInvoke = Chunks * LinesPerChunk)]
    public long BareSearch()
    {
        long total = 0;
        for (int i = 0; i < Chunks; i++)
        {
            ReadOnlySpan<byte> rest = _chunk;
            while (rest.IndexOf((byte)'\n') is >= 0 and int index)
            {
                total += index;
                rest = rest[(index + 1)..];
            }
        }

        return total;
    }

    [Benchmark(OperationsPerInvoke = Chunks * LinesPerChunk)]
    public long ReaderMachineLines()
    {
        long total = 0;
        for (int i = 0; i < Chunks; i++)
        {
            _machine.Feed(_chunk);
            ReadOutcome outcome;
            while ((outcome = _machine.Begin(ReadRequest.Line)).Status == ReadStatus.Completed)
            {
                total += outcome.Data.Length;
            }

            _machine.Cancel();
        }

        return total;
    }

    [Benchmark(OperationsPerInvoke = Chunks * LinesPerChunk)]
    public async Task<long> PipeReaderLines()
    {
        long total = 0;
        for (int i = 0; i < Chunks; i++)
        {
            await _pipe.Writer.WriteAsync(_chunk);
            for (int line = 0; line < LinesPerChunk; line++)
            {
                ReadResult result = await _pipe.Reader.ReadAsync();
                SequencePosition end = result.Buffer.PositionOf((byte)'\n')!.Value;
                ReadOnlySequence<byte> found = result.Buffer.Slice(0, result.Buffer.GetPosition(1, end));
                total += found.Length;
                _pipe.Reader.AdvanceTo(found.End);
            }
        }

        return total;
    }

    private static byte[] MakeChunk()
    {
        byte[] chunk = new byte[LineLength * LinesPerChunk];
        for (int i = 0; i < chunk.Length; i++)
        {
            chunk[i] = (byte)(i % LineLength == LineLength - 1 ? '\n' : 'a' + (i % 26));
        }

        return chunk;
    }
}
