namespace Deterministic.Examples.Tests;

/// <summary>What an example printed; it may print from several threads.</summary>
internal sealed class Outputs : StringWriter
{
    private readonly Lock _gate = new();

    public string[] Lines
    {
        get
        {
            lock (_gate)
            {
                return ToString().Split(NewLine, StringSplitOptions.RemoveEmptyEntries);
            }
        }
    }

    public override Task WriteLineAsync(string? value)
    {
        lock (_gate)
        {
            WriteLine(value);
        }

        return Task.CompletedTask;
    }
}
