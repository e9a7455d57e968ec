using System.Globalization;
using System.Text;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;

namespace GptImage2.Mcp.Results;

/// <summary>A job in words, for a model and the person behind it.</summary>
internal sealed class JobResultText(IImageStore store)
{
    public string FormatJob(JobSnapshot view, IReadOnlyList<string> warnings, ImageContent? shot)
    {
        var text = new StringBuilder();
        AppendLine(text, view.Summary.Notice);
        AppendLine(text, FormatHeadline(view));
        foreach (var image in view.Images)
        {
            AppendLine(text, FormatImage(image));
        }

        AppendLine(text, view.Failure is { } failure ? FailureText.Format(failure) : null);
        AppendLine(text, shot?.Caption);
        AppendWarnings(text, warnings);
        return text.ToString().TrimEnd();
    }

    public static string FormatPlan(JobPlan plan, IReadOnlyList<string> warnings, bool refused)
    {
        var text = new StringBuilder();
        var request = plan.Request;
        AppendLine(text, plan.Backend.Notice);
        AppendLine(text, Invariant(
            $"PLAN, nothing was sent: {FormatImageCount(request.Count)} of {request.Size}, quality {request.Quality.ToString().ToLowerInvariant()}, {request.Delivery.Format.ToString().ToLowerInvariant()}, by {plan.Validated.Profile.Model} ({plan.Backend.Name}). {FormatEstimate(plan.Price)}."));
        for (var number = 1; number <= plan.Inputs.Count && plan.Request is not BackgroundRemovalRequest; number++)
        {
            var input = plan.Inputs[number - 1];
            AppendLine(text, Invariant($"Image {number}: {input.Reference.Role.Name}, {input.Header.Size} {input.Header.Format.Name}, {TextTruncation.Truncate(input.Reference.Image, 80)}"));
        }

        AppendLine(text, plan.Region is { } region ? DescribeRegion(region, plan.Inputs[0].Header.Size) : null);
        AppendLine(text, request.Delivery.ResizeTo is { } size ? $"Delivered at {size}." : null);
        AppendLine(text, plan.CopyTo is { } copy ? $"A copy would go to {copy}." : null);
        AppendWarnings(text, warnings);
        AppendLine(text, refused ? null : "Call again without dry_run to make it.");
        return text.ToString().TrimEnd();
    }

    private static string DescribeRegion(RegionPlan region, Dimensions picture) => Invariant(
        $"{region.Mask.Coverage:P2} of the picture would change, fading in over {region.Feather} pixels; the result keeps its size, {picture}. ") +
        Invariant($"Sent: {(region.Placement.Area.Size == picture ? "the whole picture" : $"the part {region.Placement.Area.Size} at {region.Placement.Area.Left},{region.Placement.Area.Top}")}, on a canvas of {region.Placement.Canvas}.");

    private static string FormatHeadline(JobSnapshot view) => view.Status switch
    {
        JobStatus.Done => Invariant($"Made {FormatImageCount(view.Images.Count)} with {view.Summary.Model} ({view.Summary.Backend}) in {FormatElapsed(view)}. {FormatCost(view)}."),
        JobStatus.Partial when view.Images.Count >= view.Summary.Count => Invariant($"Made {FormatImageCount(view.Images.Count)}, but not quite as asked. {FormatCost(view)}."),
        JobStatus.Partial => Invariant($"{view.Images.Count} of {view.Summary.Count} pictures were made before it failed. {FormatCost(view)}."),
        JobStatus.Running or JobStatus.Queued => Invariant(
            $"Not done yet after {FormatElapsed(view)} (job {view.Id}: {ProgressText.Format(view)}).{FormatRemainingTime(view)} It goes on by itself. Next: check_job with job \"{view.Id}\" waits for it; nothing is billed twice."),
        JobStatus.Cancelled => "Cancelled; no picture was made.",
        _ => "No picture was made.",
    };

    private string FormatImage(DeliveredImage image)
    {
        var file = image.Record.File;
        var copies = image.Copies is [] ? "" : $" (copy: {string.Join(", ", image.Copies)})";
        return Invariant($"{image.Record.Number}. {image.Record.Id} {file.Size} {file.Format.ToString().ToLowerInvariant()}, {FormatBytes(file.Bytes)}: {store.GetAbsolutePath(file) ?? ImageUri.FromId(image.Record.Id)}{copies}{DescribeFindings(image.Record)}");
    }

    private static string DescribeFindings(ImageRecord record) => record switch
    {
        { Region: { } region } => Invariant($". The part is {region.Coverage:P2} of it; changed inside {region.ChangedInside:P1}, outside {region.ChangedOutside:P1}"),
        { SeeThrough: { } share } => Invariant($". Real alpha: {share:P0} of it is see-through"),
        _ => "",
    };

    /// <summary>What is left, by what similar jobs took.</summary>
    private static string FormatRemainingTime(JobSnapshot view) => view.TypicalDuration switch
    {
        null => "",
        { } typical when typical > view.Elapsed => Invariant($" Similar ones took {typical.TotalSeconds:0} s: about {(typical - view.Elapsed).TotalSeconds:0} s more."),
        { } typical => Invariant($" Similar ones took {typical.TotalSeconds:0} s, so it should end soon."),
    };

    private static string FormatElapsed(JobSnapshot view) => FormatSeconds(view.Elapsed);

    private static string FormatCost(JobSnapshot view) => view.Usd switch
    {
        null => view.Summary.Price.Ceiling is { } ceiling ? Invariant($"Cost: not reported, at most ${ceiling:0.0000}") : "Cost: unknown",
        0 => "Cost: nothing",
        { } usd => Invariant($"Cost: ${usd:0.0000}"),
    };

    private static string FormatEstimate(Price price) => price switch
    {
        { Unit: CostUnit.None } => "It costs nothing",
        { Estimate: { } range } when range.High - range.Low < 0.01m => Invariant($"It costs about ${range.High:0.0000}"),
        { Estimate: { } range } => Invariant($"It costs ${range.Low:0.0000} to ${range.High:0.0000}"),
        { Ceiling: { } ceiling } => Invariant($"No estimate; at most ${ceiling:0.0000}"),
        _ => "Nobody can tell what it costs",
    };

    private static void AppendWarnings(StringBuilder text, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            AppendLine(text, $"Note: {warning}");
        }
    }

    private static void AppendLine(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            text.Append(line).Append('\n');
        }
    }

    internal static string FormatSeconds(TimeSpan time) => Invariant($"{time.TotalSeconds:0.0} s");

    private static string FormatImageCount(int count) => count is 1 ? "1 picture" : Invariant($"{count} pictures");

    private static string FormatBytes(long bytes) => bytes < 1_000_000 ? Invariant($"{bytes / 1000.0:0} kB") : Invariant($"{bytes / 1_000_000.0:0.0} MB");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
