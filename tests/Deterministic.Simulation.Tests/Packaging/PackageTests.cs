using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;

namespace Deterministic.Simulation.Tests;

/// <summary>What is in the package of the simulation besides its assembly.</summary>
public sealed class PackageTests : IDisposable
{
    private const string List = "BannedSymbols.Simulation.txt";
    private const string Targets = "Deterministic.Simulation.targets";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("package-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_has_the_list_of_banned_symbols_and_adds_it_to_a_project_that_asks_for_it()
    {
        string project = Path.Combine(Source, "sim", "Deterministic.Simulation");
        await DotnetAsync("pack", project, "--no-build", "--no-restore", "-c", Configuration, "-o", _folder.FullName);
        await ZipFile.ExtractToDirectoryAsync(
            _folder.GetFiles("Deterministic.Simulation.*.nupkg").ShouldHaveSingleItem().FullName,
            InFolder("unpacked")
        );
        foreach (string asset in new[] { "build", "buildTransitive" })
        {
            string list = Path.Combine(InFolder("unpacked"), asset, List);
            (await File.ReadAllTextAsync(list)).ShouldContain("P:System.DateTime.UtcNow;");
            (await AddedAsync(asset, "true")).ShouldBe([Path.GetFullPath(list)]);
            (await AddedAsync(asset, "")).ShouldBeEmpty("nobody has to have it");
        }
    }

    private static string Source =>
        typeof(PackageTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Source")
            .Value!;

    /// <summary>That in which these tests were built: so was what they stand on.</summary>
    private static string Configuration =>
        typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>The additional files of a project that uses the package, as the analyzers are given them.</summary>
    private async Task<string[]> AddedAsync(string asset, string asked)
    {
        string user = InFolder("user.proj");
        string targets = Path.Combine(InFolder("unpacked"), asset, Targets);
        await File.WriteAllTextAsync(user, $"""<Project><Import Project="{targets}" /></Project>""");
        string items = await DotnetAsync(
            "msbuild",
            user,
            "-getItem:AdditionalFiles",
            $"-p:DeterministicBannedSymbols={asked}"
        );
        return
        [
            .. JsonElement
                .Parse(items)
                .GetProperty("Items")
                .GetProperty("AdditionalFiles")
                .EnumerateArray()
                .Select(item => item.GetProperty("FullPath").GetString()!),
        ];
    }

    private static async Task<string> DotnetAsync(params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1" },
            }
        )!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output + await errors);
        return output;
    }
}
