using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary>The <c>detsim</c> command: arguments in, text and an exit code out.</summary>
/// <remarks>
/// Map: <c>Usage</c> parses the command line and reports errors in it; each command has a folder (<c>Listing</c>, <c>Running</c>,
/// <c>Replaying</c>, <c>Checking</c>, <c>Demonstrating</c>); <c>Drivers</c> are the worlds that a scenario can run in, <c>Exploring</c> runs
/// one over many seeds, <c>Recording</c> writes the trace and packets of a single run, <c>Terminal</c> formats the output.
/// </remarks>
internal sealed class DetsimApp(ToolEnvironment environment, IReadOnlyList<Scenario> scenarios)
{
    /// <summary>Runs the command given by the arguments. Never throws: an error is one line on the error stream and an exit code.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken interrupt = default)
    {
        try
        {
            ParseResult parsed = DetsimCommand.Parse(environment, scenarios, arguments);
            InvocationConfiguration invocation = new()
            {
                Output = environment.Output,
                Error = environment.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation, interrupt);
        }
        catch (UsageException error)
        {
            WriteError(error.Message);
            return ExitCodes.BadUsage;
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            WriteError("interrupted");
            return ExitCodes.Interrupted;
        }
        catch (SimulatorException error)
        {
            WriteError($"{error.Message}; please report it along with the command");
            return ExitCodes.InternalError;
        }
        catch (Exception error)
        {
            // Users get a line that they can report, not a stack trace.
            WriteError(
                $"an error in detsim itself, please report it along with the command: {error.GetType().Name}: {error.Message}"
            );
            return ExitCodes.InternalError;
        }
    }

    private void WriteError(string message)
    {
        try
        {
            environment.Error.WriteLine($"detsim: {TextEscaper.Of(message)}");
        }
        catch (IOException)
        {
            // The error stream is closed; the exit code remains.
        }
    }
}
