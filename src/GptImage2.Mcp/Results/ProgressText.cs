using System.Globalization;
using GptImage2.Generation.Jobs;

namespace GptImage2.Mcp.Results;

/// <summary>What a job is doing now, in one true sentence.</summary>
internal static class ProgressText
{
    public static string Format(JobSnapshot view)
    {
        var (model, backend, count) = (view.Summary.Model, view.Summary.Backend, view.Summary.Count);
        return view.Stage switch
        {
            JobStage.Queued when view.QueuePosition is { } place => place is 0 ? $"waiting for {backend}, next in line" : Invariant($"waiting for {backend}, {place} before this one"),
            JobStage.Queued => "waiting to start",
            JobStage.Sending => $"sending the request to {backend}",
            JobStage.Drawing => Invariant($"{model} is drawing, {view.Elapsed.TotalSeconds:0} s so far{FormatPreviews(view.Partials)}"),
            JobStage.Receiving => Invariant($"receiving from {backend}, {view.Images.Count} of {count} stored, {view.Elapsed.TotalSeconds:0} s so far{FormatPreviews(view.Partials)}"),
            JobStage.Finishing => Invariant($"finishing, {view.Images.Count} of {count} ready"),
            _ => Invariant($"{EnumNames.Format(view.Status)}, {view.Images.Count} of {count} stored"),
        };
    }

    private static string FormatPreviews(int partials) => partials is 0 ? "" : Invariant($", {partials} previews seen");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
