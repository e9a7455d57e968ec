using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GptImage2.Generation.Telemetry;

/// <summary>
/// What jobs report of themselves to whoever listens; nobody does unless telemetry is switched on. Names are those of the
/// OpenTelemetry conventions for generative AI where these have one. Never a prompt, a path, or whose a job is.
/// </summary>
public static class GenerationTelemetry
{
    /// <summary>Name of the source of spans, and of the meter.</summary>
    public const string Name = "GptImage2.Generation";

    /// <summary>Seconds; an image takes from a few to some hundred.</summary>
    private static readonly InstrumentAdvice<double> Durations = new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640] };

    private static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Seconds from the start of a job to its end.</summary>
    internal static readonly Histogram<double> JobDuration = Meter.CreateHistogram("gptimage2.job.duration", "s", "Duration of a job from its start to its end.", advice: Durations);

    /// <summary>Seconds that a job spent in one stage, its wait in the queue among them.</summary>
    internal static readonly Histogram<double> StageDuration = Meter.CreateHistogram("gptimage2.job.stage.duration", "s", "Time that a job spent in one stage.", advice: Durations);

    /// <summary>Jobs that wait for a slot at their backend.</summary>
    internal static readonly UpDownCounter<int> QueueLength = Meter.CreateUpDownCounter<int>("gptimage2.queue.length", "{job}", "Jobs that wait for a slot at their backend.");

    /// <summary>Images that were delivered.</summary>
    internal static readonly Counter<int> Images = Meter.CreateCounter<int>("gptimage2.images", "{image}", "Images that were delivered.");

    /// <summary>USD by what the service reported.</summary>
    internal static readonly Counter<double> Cost = Meter.CreateCounter<double>("gptimage2.cost", "{USD}", "What finished jobs cost by what the service reported.");

    /// <summary>Seconds of one request to a backend.</summary>
    internal static readonly Histogram<double> InferenceDuration = Meter.CreateHistogram("gen_ai.client.inference.duration", "s", "Duration of a request to a backend.", advice: Durations);

    internal static readonly Counter<long> InputTokens = Meter.CreateCounter<long>("gen_ai.client.inference.usage.input_tokens", "{token}", "Billed input tokens.");

    internal static readonly Counter<long> OutputTokens = Meter.CreateCounter<long>("gen_ai.client.inference.usage.output_tokens", "{token}", "Billed output tokens.");

    /// <summary>Begins a span below the current one; null unless somebody listens. It ends when it is disposed.</summary>
    internal static Activity? StartSpan(string name, ActivityKind kind = ActivityKind.Internal) => Source.StartActivity(name, kind);

    /// <summary>Begins a span below another, and leaves the current one as it is.</summary>
    internal static Activity? StartAside(string name, Activity? parent)
    {
        if (parent is null)
        {
            return null;
        }

        var current = Activity.Current;
        var span = Source.StartActivity(name, ActivityKind.Internal, parent.Context);
        Activity.Current = current;
        return span;
    }

    /// <summary>Ends a span of <see cref="StartAside"/>, which leaves the current one as it is.</summary>
    internal static void EndAside(Activity? span)
    {
        var current = Activity.Current;
        span?.Dispose();
        Activity.Current = current;
    }

    /// <summary>A failure's code as clients see it: <c>rate_limited</c>.</summary>
    public static string ToErrorType(FailureCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());
}
