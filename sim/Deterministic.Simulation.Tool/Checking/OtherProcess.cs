using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Deterministic.Simulation.Tool;

/// <summary>Another process of this program, which makes the same runs.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private OtherProcess(ToolEnvironment environment, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(environment.Itself[0], [.. environment.Itself.Skip(1), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        Output = TextReader.Synchronized(_process.StandardOutput);
    }

    /// <summary>Its output; usable from any thread. The process blocks until it is read.</summary>
    public TextReader Output { get; }

    public static OtherProcess Start(ToolEnvironment environment, CheckRequest request, bool keepTrace) =>
        new(
            environment,
            [
                FingerprintsCommand.Name,
                request.Scenario.Name,
                .. FaultOptions.ArgumentsFor(request.Faults),
                FingerprintsCommand.First,
                request.Seeds.First.ToString(CultureInfo.InvariantCulture),
                FingerprintsCommand.Count,
                request.Seeds.Count.ToString(CultureInfo.InvariantCulture),
                .. keepTrace ? [FingerprintsCommand.Events] : Array.Empty<string>(),
            ]
        );

    /// <summary>Kills the process; idempotent, and usable from any thread.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for the process to exit.</summary>
    /// <exception cref="InvalidOperationException">The process has failed.</exception>
    public async Task FinishAsync()
    {
        await _process.WaitForExitAsync();
        if (_process.ExitCode != ExitCodes.NothingFound)
        {
            throw new InvalidOperationException(
                $"The other process ended with exit code {_process.ExitCode}: {(await _errors).Trim()}"
            );
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
