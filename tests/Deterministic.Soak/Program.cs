using Deterministic.Soak;
using Deterministic.Soak.Usage;

try
{
    return await SoakCommand
        .Create(Console.Out)
        .Parse(args)
        .InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (SoakRefusedException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 2;
}
catch (OperationCanceledException)
{
    // Control-C: 128 and the number of the signal, as shells have it.
    return 130;
}
