namespace GptImage2.Faults.Harness;

/// <summary>Tests that measure fractions of a second, and so must have the machine to themselves.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class NonParallelTests;
