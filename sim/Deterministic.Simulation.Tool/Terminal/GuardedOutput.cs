using System.Text;

namespace Deterministic.Simulation.Tool;

/// <summary>The standard output. That it takes no more, since a disk is full, say, is no error of detsim's.</summary>
internal sealed class GuardedOutput(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <exception cref="UsageException">It takes no more.</exception>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <exception cref="UsageException">It takes no more.</exception>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <exception cref="UsageException">It takes no more.</exception>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <exception cref="UsageException">It takes no more.</exception>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <exception cref="UsageException">It takes no more.</exception>
    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException error)
        {
            throw new UsageException($"cannot write to the standard output: {error.Message.TrimEnd('.')}.");
        }
    }
}
