using Deterministic.Core;
using Deterministic.Examples.Usage;

try
{
    return await ExamplesCommand
        .Create(Console.Out)
        .Parse(args)
        .InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (ConnectionException error)
{
    await Console.Error.WriteLineAsync($"{error.Kind}: {error.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    // Control-C: 128 and the number of the signal, as shells have it.
    return 130;
}
