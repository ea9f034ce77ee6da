using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Deterministic.Simulation.Tool;

/// <summary>This program once more, making the same runs in a process of its own.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _complaints;

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
        _complaints = _process.StandardError.ReadToEndAsync();
        Output = TextReader.Synchronized(_process.StandardOutput);
    }

    /// <summary>What it says; usable from any thread. It waits for whoever reads this.</summary>
    public TextReader Output { get; }

    public static OtherProcess Start(ToolEnvironment environment, CheckRequest request, bool keepTrace) =>
        new(
            environment,
            [
                FingerprintsCommand.Name,
                request.Scenario.Name,
                .. FaultOptions.Asking(request.Faults),
                FingerprintsCommand.First,
                request.Seeds.First.ToString(CultureInfo.InvariantCulture),
                FingerprintsCommand.Count,
                request.Seeds.Count.ToString(CultureInfo.InvariantCulture),
                .. keepTrace ? [FingerprintsCommand.Events] : Array.Empty<string>(),
            ]
        );

    /// <summary>Ends it before its time; idempotent, and usable from any thread.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It has failed.</exception>
    public async Task FinishAsync()
    {
        await _process.WaitForExitAsync();
        if (_process.ExitCode != ExitCodes.NothingFound)
        {
            throw new InvalidOperationException(
                $"The other process ended with exit code {_process.ExitCode}: {(await _complaints).Trim()}"
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
