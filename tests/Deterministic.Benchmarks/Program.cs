using BenchmarkDotNet.Running;
using Deterministic.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(LineBenchmarks).Assembly).Run(args);
