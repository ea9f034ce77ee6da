using System.ComponentModel;
using System.Diagnostics;

namespace Deterministic.Simulation.Tool.Tests;

/// <summary>The <c>tshark</c> on the path, if there is one.</summary>
internal static class Tshark
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly Lazy<string?> Missing = new(Look);

    /// <summary>Why it cannot be asked, or null.</summary>
    public static string? WhyNot => Missing.Value;

    /// <summary>What it says of a capture, with every checksum verified.</summary>
    public static async Task<string> ReadAsync(string file, params string[] arguments)
    {
        using Process process = Start([
            "-o",
            "ip.check_checksum:TRUE",
            "-o",
            "tcp.check_checksum:TRUE",
            "-r",
            file,
            .. arguments,
        ]);
        using CancellationTokenSource limit = new(Limit);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            process.ExitCode.ShouldBe(0, await error);
            return await output;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static string? Look()
    {
        try
        {
            using Process process = Start(["--version"]);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "tshark is of no use here.";
        }
        catch (Win32Exception)
        {
            return "There is no tshark on the path.";
        }
    }

    private static Process Start(IEnumerable<string> arguments) =>
        Process.Start(
            new ProcessStartInfo("tshark", arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
