using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace GptImage2.Benchmarks;

/// <summary>How benchmarks run: in this process, because a generated project would not find the repository's settings.</summary>
internal static class BenchmarkJobs
{
    public static IConfig InProcess(int invocations) => ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithWarmupCount(3)
        .WithIterationCount(15)
        .WithInvocationCount(invocations)
        .WithUnrollFactor(1));
}
