using System.Globalization;
using System.Text;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;

namespace GptImage2.Mcp.Results;

/// <summary>A job in words, for a model and the person behind it.</summary>
internal sealed class MakerText(IImageStore store)
{
    public string Job(JobSnapshot view, IReadOnlyList<string> warnings, ShownPicture? shot)
    {
        var text = new StringBuilder();
        Line(text, view.Summary.Notice);
        Line(text, Headline(view));
        foreach (var image in view.Images)
        {
            Line(text, Describe(image));
        }

        Line(text, view.Failure is { } failure ? FailureText.Of(failure) : null);
        Line(text, shot?.Caption);
        Notes(text, warnings);
        return text.ToString().TrimEnd();
    }

    public static string Plan(JobPlan plan, IReadOnlyList<string> warnings, bool refused)
    {
        var text = new StringBuilder();
        var request = plan.Request;
        Line(text, plan.Backend.Notice);
        Line(text, Invariant(
            $"PLAN, nothing was sent: {Pictures(request.Count)} of {request.Size}, quality {request.Quality.ToString().ToLowerInvariant()}, {request.Delivery.Format.ToString().ToLowerInvariant()}, by {plan.Validated.Profile.Model} ({plan.Backend.Name}). {Estimate(plan.Price)}."));
        for (var number = 1; number <= plan.Inputs.Count && plan.Request is not BackgroundRemovalRequest; number++)
        {
            var input = plan.Inputs[number - 1];
            Line(text, Invariant($"Image {number}: {input.Reference.Role.Name}, {input.Header.Size} {input.Header.Format.Name}, {ShortText.Of(input.Reference.Image, 80)}"));
        }

        Line(text, plan.Region is { } region ? Sent(region, plan.Inputs[0].Header.Size) : null);
        Line(text, request.Delivery.ResizeTo is { } size ? $"Delivered at {size}." : null);
        Line(text, plan.CopyTo is { } copy ? $"A copy would go to {copy}." : null);
        Notes(text, warnings);
        Line(text, refused ? null : "Call again without dry_run to make it.");
        return text.ToString().TrimEnd();
    }

    private static string Sent(RegionPlan region, Dimensions picture) => Invariant(
        $"{region.Mask.Coverage:P2} of the picture would change, fading in over {region.Feather} pixels; the result keeps its size, {picture}. ") +
        Invariant($"Sent: {(region.Placement.Area.Size == picture ? "the whole picture" : $"the part {region.Placement.Area.Size} at {region.Placement.Area.Left},{region.Placement.Area.Top}")}, on a canvas of {region.Placement.Canvas}.");

    private static string Headline(JobSnapshot view) => view.Status switch
    {
        JobStatus.Done => Invariant($"Made {Pictures(view.Images.Count)} with {view.Summary.Model} ({view.Summary.Backend}) in {Took(view)}. {Cost(view)}."),
        JobStatus.Partial when view.Images.Count >= view.Summary.Count => Invariant($"Made {Pictures(view.Images.Count)}, but not quite as asked. {Cost(view)}."),
        JobStatus.Partial => Invariant($"{view.Images.Count} of {view.Summary.Count} pictures were made before it failed. {Cost(view)}."),
        JobStatus.Running or JobStatus.Queued => Invariant(
            $"Not done yet after {Took(view)} (job {view.Id}: {ProgressText.Of(view)}).{Left(view)} It goes on by itself. Next: check_job with job \"{view.Id}\" waits for it; nothing is billed twice."),
        JobStatus.Cancelled => "Cancelled; no picture was made.",
        _ => "No picture was made.",
    };

    private string Describe(DeliveredImage image)
    {
        var file = image.Record.File;
        var copies = image.Copies is [] ? "" : $" (copy: {string.Join(", ", image.Copies)})";
        return Invariant($"{image.Record.Number}. {image.Record.Id} {file.Size} {file.Format.ToString().ToLowerInvariant()}, {Bytes(file.Bytes)}: {store.GetAbsolutePath(file) ?? ImageUri.Of(image.Record.Id)}{copies}{Findings(image.Record)}");
    }

    private static string Findings(ImageRecord record) => record switch
    {
        { Region: { } region } => Invariant($". The part is {region.Coverage:P2} of it; changed inside {region.ChangedInside:P1}, outside {region.ChangedOutside:P1}"),
        { SeeThrough: { } share } => Invariant($". Real alpha: {share:P0} of it is see-through"),
        _ => "",
    };

    /// <summary>What is left, by what similar jobs took.</summary>
    private static string Left(JobSnapshot view) => view.TypicalDuration switch
    {
        null => "",
        { } typical when typical > view.Elapsed => Invariant($" Similar ones took {typical.TotalSeconds:0} s: about {(typical - view.Elapsed).TotalSeconds:0} s more."),
        { } typical => Invariant($" Similar ones took {typical.TotalSeconds:0} s, so it should end soon."),
    };

    private static string Took(JobSnapshot view) => Seconds(view.Elapsed);

    private static string Cost(JobSnapshot view) => view.Usd switch
    {
        null => view.Summary.Price.Ceiling is { } ceiling ? Invariant($"Cost: not reported, at most ${ceiling:0.0000}") : "Cost: unknown",
        0 => "Cost: nothing",
        { } usd => Invariant($"Cost: ${usd:0.0000}"),
    };

    private static string Estimate(Price price) => price switch
    {
        { Unit: CostUnit.None } => "It costs nothing",
        { Estimate: { } range } when range.High - range.Low < 0.01m => Invariant($"It costs about ${range.High:0.0000}"),
        { Estimate: { } range } => Invariant($"It costs ${range.Low:0.0000} to ${range.High:0.0000}"),
        { Ceiling: { } ceiling } => Invariant($"No estimate; at most ${ceiling:0.0000}"),
        _ => "Nobody can tell what it costs",
    };

    private static void Notes(StringBuilder text, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            Line(text, $"Note: {warning}");
        }
    }

    private static void Line(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            text.Append(line).Append('\n');
        }
    }

    internal static string Seconds(TimeSpan time) => Invariant($"{time.TotalSeconds:0.0} s");

    private static string Pictures(int count) => count is 1 ? "1 picture" : Invariant($"{count} pictures");

    private static string Bytes(long bytes) => bytes < 1_000_000 ? Invariant($"{bytes / 1000.0:0} kB") : Invariant($"{bytes / 1_000_000.0:0.0} MB");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
