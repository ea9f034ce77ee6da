using BenchmarkDotNet.Running;
using Deterministic.Benchmarks;
using Deterministic.Benchmarks.SideBySide;

if (args is [SideBySideCommand.Name, ..])
{
    return await SideBySideCommand.RunAsync(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(LineBenchmarks).Assembly).Run(args);
return 0;
