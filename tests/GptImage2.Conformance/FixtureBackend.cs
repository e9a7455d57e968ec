using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.Sketch;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Conformance;

/// <summary>Sketches, after as many seconds as the prompt says; fails where it says so.</summary>
internal sealed class FixtureBackend(TimeProvider clock) : IImageBackend
{
    private static int _number;

    private readonly SketchBackend _sketch = new(OpenAIModels.Resolve(OpenAIModels.Default), new SketchOptions(), clock);

    public string Name => _sketch.Name;

    public ModelProfile Profile => _sketch.Profile;

    public string? Notice => null;

    public Task<string> CheckAsync(CancellationToken cancellationToken) => _sketch.CheckAsync(cancellationToken);

    /// <summary>A prompt that has the backend fail.</summary>
    public const string FailingPrompt = "a job that fails";

    /// <returns>A prompt that is drawn after that time; each is different, so that no call joins another's job.</returns>
    public static string CreatePrompt(double seconds, string label) =>
        string.Create(CultureInfo.InvariantCulture, $"{label}, drawn after {seconds} seconds, number {Interlocked.Increment(ref _number)}");

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        var prompt = validated.Request.Prompt;
        if (prompt.Contains(FailingPrompt, StringComparison.Ordinal))
        {
            throw new ImageException(new Failure { Code = FailureCode.ServiceFailed, Message = "The backend failed, as the prompt said." });
        }

        if (Regex.Match(prompt, @"drawn after ([\d.]+) seconds") is { Success: true } delay)
        {
            await Task.Delay(TimeSpan.FromSeconds(double.Parse(delay.Groups[1].Value, CultureInfo.InvariantCulture)), clock, cancellationToken);
        }

        return await _sketch.RenderAsync(validated, inputs, sink, cancellationToken);
    }
}
