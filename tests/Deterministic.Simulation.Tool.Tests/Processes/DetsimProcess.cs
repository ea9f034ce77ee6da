using System.Diagnostics;

namespace Deterministic.Simulation.Tool.Tests;

/// <summary>Runs the built <c>detsim</c> as a process of its own.</summary>
internal static class DetsimProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "detsim.dll");

    public static Task<Outcome> RunAsync(DirectoryInfo workingDirectory, params string[] arguments) =>
        StartAsync(workingDirectory, "dotnet", [File, .. arguments]);

    /// <summary>Runs a program that is <c>detsim</c> and more.</summary>
    public static Task<Outcome> RunAsync(string file, params string[] arguments) =>
        StartAsync(new DirectoryInfo(AppContext.BaseDirectory), "dotnet", [file, .. arguments]);

    public static Task<Outcome> ShellAsync(DirectoryInfo workingDirectory, string command) =>
        StartAsync(workingDirectory, "/bin/sh", ["-c", command]);

    private static async Task<Outcome> StartAsync(
        DirectoryInfo workingDirectory,
        string program,
        IEnumerable<string> arguments
    )
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = workingDirectory.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(Limit);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Outcome(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException error)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {Limit}.", error);
        }
    }
}
