using System.Text;

namespace Deterministic.Simulation.Tool;

/// <summary>The standard output. A write error, such as a full disk, is not an internal error of detsim.</summary>
internal sealed class GuardedOutput(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <exception cref="UsageException">The output cannot be written.</exception>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <exception cref="UsageException">The output cannot be written.</exception>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <exception cref="UsageException">The output cannot be written.</exception>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <exception cref="UsageException">The output cannot be written.</exception>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <exception cref="UsageException">The output cannot be written.</exception>
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
