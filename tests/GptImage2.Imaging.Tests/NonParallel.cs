namespace GptImage2.Imaging.Tests;

/// <summary>For tests that measure the process: they run when nothing else does.</summary>
[CollectionDefinition(nameof(NonParallel), DisableParallelization = true)]
public sealed class NonParallel;
