using System.Diagnostics;
using System.Diagnostics.Metrics;
using GptImage2.Generation.Telemetry;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>Counts and times calls of tools, by tool and outcome. The call's span is the SDK's; it learns of the job here.</summary>
internal static class CallTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "GptImage2.Mcp";

    private static readonly Histogram<double> Duration = new Meter(Name).CreateHistogram(
        "gen_ai.execute_tool.duration",
        "s",
        "Duration of a call of a tool.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640] });

    public static async Task<ToolResponse> MeasureAsync(string tool, TimeProvider clock, Func<Task<ToolResponse>> call)
    {
        var started = clock.GetTimestamp();
        ToolResponse? response = null;
        try
        {
            response = await call();
            return response;
        }
        finally
        {
            Record(tool, clock.GetElapsedTime(started), response);
        }
    }

    private static void Record(string tool, TimeSpan took, ToolResponse? response)
    {
        var error = (response?.FailureCode ?? response?.Job?.Failure?.Code) is { } code ? GenerationTelemetry.ToErrorType(code) : null;
        if (Activity.Current is { } span)
        {
            span.SetTag("gptimage2.job.id", response?.Job?.Id).SetTag("gptimage2.failure", error);
        }

        var tags = new TagList { { "gen_ai.operation.name", "execute_tool" }, { "gen_ai.tool.name", tool }, { "gptimage2.outcome", GetOutcome(response) } };
        if (error is not null)
        {
            tags.Add("error.type", error);
        }

        Duration.Record(took.TotalSeconds, tags);
    }

    /// <summary>Without a response the call was cancelled, or asked its client something first.</summary>
    private static string GetOutcome(ToolResponse? response) => response switch
    {
        null => "ended",
        { IsError: true } => "error",
        { Job.IsOver: false } => "running",
        _ => "ok",
    };
}
