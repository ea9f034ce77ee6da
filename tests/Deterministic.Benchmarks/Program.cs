using BenchmarkDotNet.Running;
using Deterministic.Benchmarks;
using Deterministic.Benchmarks.Scale;
using Deterministic.Benchmarks.SideBySide;

if (args is [SideBySideCommand.Name, ..])
{
    return await SideBySideCommand.RunAsync(args[1..]);
}

if (args is [ScaleCommand.Name])
{
    return ScaleCommand.Run();
}

BenchmarkSwitcher.FromAssembly(typeof(LineBenchmarks).Assembly).Run(args);
return 0;
