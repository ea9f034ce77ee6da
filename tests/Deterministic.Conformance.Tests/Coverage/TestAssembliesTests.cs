namespace Deterministic.Conformance.Tests;

public sealed class TestAssembliesTests : IDisposable
{
    private static readonly DateTime Long = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _tests = Directory.CreateTempSubdirectory("coverage-");

    public void Dispose() => _tests.Delete(recursive: true);

    [Fact]
    public void Of_each_test_project_the_newest_build_is_read()
    {
        Project("A.Tests");
        Touch("A.Tests/Sample.cs", Long);
        Touch("A.Tests/bin/Debug/net10.0/A.Tests.dll", Long.AddDays(2));
        Touch("A.Tests/bin/Release/net10.0/A.Tests.dll", Long.AddDays(1));
        Project("A");
        string found = TestAssemblies.Find(_tests.FullName).ShouldHaveSingleItem();
        found.ShouldBe(InTests("A.Tests/bin/Debug/net10.0/A.Tests.dll"));
    }

    [Fact]
    public void What_was_not_built_is_named_together_with_what_to_do()
    {
        Project("A.Tests");
        Project("B.Tests");
        TestsNotBuiltException refused = Should.Throw<TestsNotBuiltException>(() =>
            TestAssemblies.Find(_tests.FullName)
        );
        refused.Message.ShouldContain("dotnet build");
        refused.Message.ShouldContain("A.Tests.csproj has not been built");
        refused.Message.ShouldContain("B.Tests.csproj has not been built");
    }

    [Fact]
    public void A_build_that_is_older_than_a_source_is_refused()
    {
        Project("A.Tests");
        Touch("A.Tests/bin/Debug/net10.0/A.Tests.dll", Long);
        Touch("A.Tests/obj/Debug/Generated.cs", Long.AddDays(1));
        TestAssemblies.Find(_tests.FullName).Count.ShouldBe(1);
        Touch("A.Tests/Folder/Sample.cs", Long.AddDays(1));
        Should
            .Throw<TestsNotBuiltException>(() => TestAssemblies.Find(_tests.FullName))
            .Message.ShouldContain($"{InTests("A.Tests/Folder/Sample.cs")} is newer than");
    }

    [Fact]
    public void A_folder_without_tests_shows_nothing_and_is_refused() =>
        Should
            .Throw<TestsNotBuiltException>(() => TestAssemblies.Find(_tests.FullName))
            .Message.ShouldContain("there is no test project");

    [Fact]
    public void The_command_says_what_is_missing_and_writes_nothing()
    {
        Project("A.Tests");
        using StringWriter output = new();
        using StringWriter errors = new();
        File.Copy(Path.Combine(Specs.Folder, "coverage.md"), InTests("coverage.md"));
        CoverageCommand.Run(Specs.Folder, _tests.FullName, output, errors).ShouldBe(ExitCode.Malformed);
        errors.ToString().ShouldContain("A.Tests.csproj has not been built");
        File.ReadAllBytes(Path.Combine(Specs.Folder, "coverage.md"))
            .ShouldBe(File.ReadAllBytes(InTests("coverage.md")));
    }

    private string InTests(string path) => Path.Combine(_tests.FullName, path);

    private void Project(string name) => Touch($"{name}/{name}.csproj", Long);

    private void Touch(string path, DateTime written)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(InTests(path))!);
        File.WriteAllText(InTests(path), "");
        File.SetLastWriteTimeUtc(InTests(path), written);
    }
}
