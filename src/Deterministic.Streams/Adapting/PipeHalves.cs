namespace Deterministic.Streams.Adapting;

/// <summary>Which halves of a pipe are completed.</summary>
[Flags]
internal enum PipeHalves
{
    None = 0,
    Input = 1 << 0,
    Output = 1 << 1,
    Both = Input | Output,
}
