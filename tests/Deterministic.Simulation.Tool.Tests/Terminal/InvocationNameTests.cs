namespace Deterministic.Simulation.Tool.Tests;

public sealed class InvocationNameTests
{
    [Theory]
    [InlineData("Release", "dotnet run --project sim/Tool --")]
    [InlineData("Debug", "dotnet run -c Debug --project sim/Tool --")]
    public void Built_from_source_it_is_started_with_dotnet_run(string configuration, string expected)
    {
        using Detsim folder = new();
        string output =
            folder.PathOf(Path.Combine("sim", "Tool", "bin", configuration, "net10.0")) + Path.DirectorySeparatorChar;
        Directory.CreateDirectory(output);
        File.WriteAllText(folder.PathOf(Path.Combine("sim", "Tool", "Deterministic.Simulation.Tool.csproj")), "");

        InvocationName.Find(output, Path.Combine(output, "detsim"), folder.WorkingDirectory).ShouldBe(expected);
    }

    [Theory]
    [InlineData("/usr/bin/dotnet", "detsim", "/usr/bin/dotnet|/srv/out/detsim.dll")]
    [InlineData("/usr/bin/dotnet", "other", "/usr/bin/dotnet|/srv/out/other.dll")]
    [InlineData("/srv/out/detsim", "detsim", "/srv/out/detsim")]
    [InlineData(null, null, "dotnet|/srv/out/detsim.dll")]
    public void It_can_start_itself_again(string? processPath, string? entryAssembly, string expected)
    {
        InvocationName.Itself("/srv/out/", processPath, entryAssembly).ShouldBe(expected.Split('|'));
    }

    [Theory]
    [InlineData(
        "/home/me/.dotnet/tools/.store/deterministic.simulation.tool/1.0.0/tools/net10.0/any/",
        "/home/me/.dotnet/tools/detsim",
        "detsim"
    )]
    [InlineData(
        "/home/me/.nuget/packages/deterministic.simulation.tool/1.0.0/tools/net10.0/any/",
        "/usr/bin/dotnet",
        "dotnet detsim"
    )]
    [InlineData("/srv/out/", "/srv/out/detsim", "out/detsim")]
    [InlineData("/srv/", "/srv/detsim", "./detsim")]
    [InlineData("/srv/out/", "/usr/bin/dotnet", "dotnet out/detsim.dll")]
    [InlineData("/srv/my tools/", "/usr/bin/dotnet", "dotnet 'my tools/detsim.dll'")]
    public void Elsewhere_it_is_started_as_what_it_lies_as(string baseDirectory, string processPath, string expected)
    {
        InvocationName.Find(baseDirectory, processPath, "/srv").ShouldBe(expected);
    }
}
