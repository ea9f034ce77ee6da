using Deterministic.Conformance;

using Stream output = Console.OpenStandardOutput();
switch (args)
{
    case ["play"]:
        using (Stream input = Console.OpenStandardInput())
        {
            return PlayCommand.Run(input, output, Console.Error);
        }

    case ["check", .. string[] paths] when paths.Length > 0:
        return CheckCommand.Run(paths, Console.Out, Console.Error);
    case ["coverage", string specs, string tests]:
        return CoverageCommand.Run(specs, tests, Console.Out, Console.Error);
    default:
        Console.Error.WriteLine("usage: play < SCRIPTS > ANSWERS, check FILE-OR-FOLDER..., or coverage SPECS TESTS");
        return ExitCode.Malformed;
}
