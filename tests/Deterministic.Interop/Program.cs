using System.CommandLine;
using Deterministic.Interop;

RootCommand command = new("The end of this library in a talk with a program that nobody here wrote.")
{
    ServeCommand.Create(),
    ConnectCommand.Create(),
    CertificateCommand.Create(),
};
try
{
    return await command.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is IOException or FormatException)
{
    await Console.Error.WriteLineAsync(Failures.Describe(error));
    return 1;
}
