using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Deterministic.Conformance.Tests;

/// <summary>The CPython on this machine that the oracle can run on, if there is one.</summary>
internal sealed class CPython
{
    private static readonly Version Oldest = new(3, 11);
    private static readonly Version Newest = new(3, 13);
    private static readonly Lazy<(CPython? Found, string WhyNot)> Search = new(Find);

    private readonly string _program;
    private readonly Version _version;

    private CPython(string program, Version version)
    {
        _program = program;
        _version = version;
    }

    public static CPython? Found => Search.Value.Found;

    public static string WhyNot => Search.Value.WhyNot;

    /// <summary>Before 3.13 there is no search for several separators at once.</summary>
    public bool TakesSeveralSeparators => _version >= Newest;

    public async Task<IReadOnlyList<string>> RunAsync(string given, params string[] arguments)
    {
        using Process process = Begin(_program, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(given);
        process.StandardInput.Close();
        string[] lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return lines;
    }

    private static (CPython? Found, string WhyNot) Find()
    {
        List<string> seen = [];
        foreach (
            string program in new[] { Environment.GetEnvironmentVariable("PYTHON") ?? "", "python3", "python" }.Where(
                name => name.Length > 0
            )
        )
        {
            string said = Ask(program);
            seen.Add($"{program} is {said}");
            if (
                said.Split(' ') is ["CPython", string text]
                && Version.TryParse(text, out Version? version)
                && version >= Oldest
                && version <= Newest
            )
            {
                return (new CPython(program, version), "");
            }
        }

        return (
            null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The oracle needs CPython {Oldest} to {Newest}: {string.Join(", ", seen)}."
            )
        );
    }

    private static string Ask(string program)
    {
        try
        {
            using Process process = Begin(
                program,
                ["-c", "import platform as p; print(p.python_implementation(), '.'.join(p.python_version_tuple()[:2]))"]
            );
            process.StandardInput.Close();
            string said = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return said.Length > 0 ? said : "of no use";
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            return "not there";
        }
    }

    private static Process Begin(string program, IEnumerable<string> arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                StandardOutputEncoding = Encoding.UTF8,
            }
        )!;
}
