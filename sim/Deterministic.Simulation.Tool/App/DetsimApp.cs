using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary>The <c>detsim</c> command: arguments in, text and an exit code out.</summary>
/// <remarks>
/// Map: <c>Usage</c> knows the command line and what is wrong with one; each command has a folder (<c>Listing</c>, <c>Running</c>,
/// <c>Replaying</c>, <c>Checking</c>, <c>Demonstrating</c>); <c>Drivers</c> are the worlds that a scenario can run in, <c>Exploring</c> runs
/// one over many seeds, <c>Recording</c> is what is kept of a single run, <c>Terminal</c> is what the user sees.
/// </remarks>
internal sealed class DetsimApp(ToolEnvironment environment, IReadOnlyList<Scenario> scenarios)
{
    /// <summary>Does what the arguments say. Never throws: what goes wrong is one line on the error stream and an exit code.</summary>
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
            Complain(error.Message);
            return ExitCodes.BadUsage;
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            Complain("interrupted");
            return ExitCodes.Interrupted;
        }
        catch (SimulatorException error)
        {
            Complain($"{error.Message}; please report it along with the command");
            return ExitCodes.InternalError;
        }
        catch (Exception error)
        {
            // Users get a line that they can report, not a stack trace.
            Complain(
                $"an error in detsim itself, please report it along with the command: {error.GetType().Name}: {error.Message}"
            );
            return ExitCodes.InternalError;
        }
    }

    private void Complain(string message)
    {
        try
        {
            environment.Error.WriteLine($"detsim: {TextEscaper.Of(message)}");
        }
        catch (IOException)
        {
            // There is nobody left to tell it to; the exit code says it.
        }
    }
}
