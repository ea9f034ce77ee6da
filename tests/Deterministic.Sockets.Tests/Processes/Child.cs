using System.Diagnostics;

namespace Deterministic.Sockets.Tests;

/// <summary>This test assembly as another process.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    /// <summary>All that it says there, until its end.</summary>
    private readonly Task<string> _errors;

    private Child(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Neither a compiler nor a collector in the background: their threads start when they like.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    private static string Assembly => typeof(Child).Assembly.Location;

    public static Child Start(params string[] arguments) => new("dotnet", [Assembly, .. arguments]);

    /// <summary>With no more descriptors than so many.</summary>
    public static Child StartLimited(int descriptors, params string[] arguments) =>
        new("/bin/sh", ["-c", $"ulimit -n {descriptors}; exec dotnet \"$@\"", "sh", Assembly, .. arguments]);

    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Reads on until a line that begins so, and returns it.</summary>
    public async Task<string> HearAsync(string beginning, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        await _process.WaitForExitAsync(cancellationToken);
        throw new InvalidOperationException(
            $"The process ended with {_process.ExitCode} before it said '{beginning}'. {await _errors}"
        );
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
