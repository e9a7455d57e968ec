using System.Diagnostics;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Telemetry;

namespace GptImage2.Generation.Rendering;

/// <summary>One request to a backend as a span and as metrics, by the conventions for clients of generative AI.</summary>
internal static class InferenceTelemetry
{
    private const string Operation = "generate_content";

    /// <inheritdoc cref="IImageBackend.RenderAsync"/>
    public static async Task<RenderOutcome> RenderAsync(
        IImageBackend backend, Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, TimeProvider clock, CancellationToken cancellationToken)
    {
        var tags = new TagList
        {
            { "gen_ai.operation.name", Operation },
            { "gen_ai.provider.name", backend.Name },
            { "gen_ai.request.model", validated.Profile.Model },
        };
        using var span = StartSpan(tags, validated.Request);
        var started = clock.GetTimestamp();
        string? error = null;
        try
        {
            var outcome = await backend.RenderAsync(validated, inputs, sink, cancellationToken);
            RecordUsage(span, tags, outcome);
            return outcome;
        }
        catch (Exception failure)
        {
            error = failure is ImageException { Failure.Code: var code } ? GenerationTelemetry.ToErrorType(code) : failure.GetType().FullName;
            throw;
        }
        finally
        {
            if (error is not null)
            {
                tags.Add("error.type", error);
                span?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
            }

            GenerationTelemetry.InferenceDuration.Record(clock.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    private static Activity? StartSpan(in TagList tags, ImageRequest request)
    {
        if (GenerationTelemetry.StartSpan($"{Operation} {tags[2].Value}", ActivityKind.Client) is not { } span)
        {
            return null;
        }

        foreach (var (name, value) in tags)
        {
            span.SetTag(name, value);
        }

        return span.SetTag("gen_ai.output.type", "image").SetTag("gen_ai.request.choice.count", request.Count);
    }

    private static void RecordUsage(Activity? span, TagList tags, RenderOutcome outcome)
    {
        span?.SetTag("gptimage2.backend.request_id", outcome.RequestId);
        if (outcome.Usage is not { } usage)
        {
            return;
        }

        span?
            .SetTag("gen_ai.usage.input_tokens", usage.TextIn + usage.ImageIn)
            .SetTag("gen_ai.usage.text.input_tokens", usage.TextIn)
            .SetTag("gen_ai.usage.image.input_tokens", usage.ImageIn)
            .SetTag("gen_ai.usage.output_tokens", usage.Out);
        GenerationTelemetry.InputTokens.Add(usage.TextIn, [.. tags, new("gen_ai.token.modality", "text")]);
        GenerationTelemetry.InputTokens.Add(usage.ImageIn, [.. tags, new("gen_ai.token.modality", "image")]);
        GenerationTelemetry.OutputTokens.Add(usage.Out, [.. tags, new("gen_ai.token.modality", "image")]);
    }
}
