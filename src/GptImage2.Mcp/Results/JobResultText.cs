using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results.Boards;

namespace GptImage2.Mcp.Results;

/// <summary>A job in words, for a model and the person behind it.</summary>
internal sealed class JobResultText(ImageLines images)
{
    /// <summary>In characters: enough for what is said of a few images.</summary>
    private const int MaxAddition = 370;

    /// <param name="preface">What to say before it, or null.</param>
    public string FormatJob(CallerSession session, JobSnapshot job, string? preface) => JoinLines(
    [
        preface,
        job.Status is JobStatus.Cancelled ? null : job.Summary.Board is { ToDraw: > 0 } board ? board.Notice : job.Summary.Notice,
        FormatHeadline(job),
        job.Images is [] ? null : DescribeMethod(job.Summary),
        .. job.Summary.Board is null ? [] : BoardLines.FormatPanels(job),
        .. job.Summary.Board is null ? images.Format(session, job.Images) : images.Format(session, job.Images).Select(line => $"The board: {line[(line.IndexOf(' ') + 1)..]}"),
        job.Summary.BaseSize is { } edited && job.Images.Select(image => (Dimensions?)image.Record.File.Size).FirstOrDefault(size => size != edited) is { } other
            ? $"The base is {edited}, the result {other}."
            : null,
        job.Failure is { Code: not FailureCode.Cancelled } failure ? FailureText.Format(failure) : null,
        job.Summary.Board is null ? null : BoardLines.FormatNext(job),
    ]);

    /// <summary>What is known only once the rest of the result is there.</summary>
    /// <param name="caption">Says what of the images is shown.</param>
    public static string AddNotes(string body, string? caption, IEnumerable<string> warnings) => JoinLines([body, caption, .. warnings.Select(FormatWarning)]);

    public static string FormatPlan(JobPlan plan, IEnumerable<string> warnings, bool refused, string? excessWithKey)
    {
        var request = plan.Request;
        var quality = request is LocalRequest ? "" : $"quality {request.Quality.ToString().ToLowerInvariant()}, ";
        return JoinLines(
        [
            plan.Backend.Notice ?? (plan.Panels is [var panel, ..] ? panel.Plan.Backend.Notice : null),
            plan.Board is not null ? $"{BoardPlanLines.FormatHeadline(plan)} {FormatPlannedCost(plan, excessWithKey)}." : $"PLAN, nothing was sent: {FormatImageCount(request.Count)} of {request.Size}, {quality}" +
                $"{request.Delivery.Format.ToString().ToLowerInvariant()}, by {plan.Validated.Profile.Model} ({plan.Backend.Name}). {FormatPlannedCost(plan, excessWithKey)}.",
            .. request is LocalRequest ? [] : plan.Inputs.Select((input, index) =>
                $"Image {index + 1}: {input.Reference.Role.Name}, {input.Header.Size} {input.Header.Format.Name}, {TextTruncation.Truncate(input.Reference.Image, 80)}"),
            .. plan.Board is null ? [] : BoardPlanLines.Format(plan),
            DescribeMethod(JobSummary.FromPlan(plan)),
            FormatAddition(plan),
            plan.Region is { } region ? DescribeRegion(region, plan.Inputs[0].Header.Size) : null,
            request.Delivery.ResizeTo is { } size ? $"Delivered at {size}." : null,
            FormatCopies(plan),
            .. warnings.Select(FormatWarning),
            refused || excessWithKey is not null ? null : "Call again without dry_run to make it.",
        ]);
    }

    /// <summary>Who told the subject from its background; why it was not done by the backdrop is in a note.</summary>
    private static string? DescribeMethod(JobSummary summary) => summary.CutoutMethod switch
    {
        CutoutMethod.Key => "method key: the backdrop is plain.",
        CutoutMethod.Model => $"method model: {summary.Model} tells the subject from what is behind it.",
        _ => null,
    };

    /// <summary>What the server adds to the prompt, as far as anybody reads it.</summary>
    private static string? FormatAddition(JobPlan plan)
    {
        var (sent, prompt) = (plan.PromptAsSent, plan.Request.Prompt);
        string[] added = sent == prompt ? [] : [.. sent.Split(prompt, 2).Select(part => part.Trim()).Where(part => part is not "")];
        return added is [] ? null : $"Added to the prompt: {TextTruncation.Truncate(string.Join(" … ", added), MaxAddition)}";
    }

    /// <summary>Where the copies would go, by the names that are taken now.</summary>
    private static string? FormatCopies(JobPlan plan) => SaveToNames.Predict(plan) switch
    {
        [] => null,
        [var (wanted, written)] when wanted != written => $"save_to: {Path.GetFileName(wanted)} exists, so the copy would go to {written}; overwrite: true replaces it.",
        [var (wanted, _)] when SaveToNames.Exists(wanted) => $"A copy would replace {wanted}.",
        [var (_, written)] => $"A copy would go to {written}.",
        [var (_, first), ..] several => $"Copies would go to {Path.GetDirectoryName(first)}: {string.Join(", ", several.Select(copy => Path.GetFileName(copy.Written)))}" +
            (several.Count(copy => SaveToNames.Exists(copy.Wanted)) switch
            {
                0 => ".",
                var taken when plan.Request.Delivery.Overwrite => $" ({taken} replaced).",
                var taken => $" ({taken} of the names taken; overwrite: true replaces those).",
            }),
    };

    private static string DescribeRegion(RegionPlan region, Dimensions image)
    {
        var area = region.Placement.Area;
        var sent = area.Size == image ? "the whole image" : $"the part {area.Size} at {area.Left},{area.Top}";
        return $"{region.Mask.Coverage:P2} of the image would change, fading in over {region.Feather} pixels; the result keeps its size, {image}. " +
            $"Sent: {sent}, on a canvas of {region.Placement.Canvas}.";
    }

    private static string FormatHeadline(JobSnapshot job) => job.Summary.Board is not null ? BoardLines.FormatHeadline(job) : job.Status switch
    {
        JobStatus.Done => $"Made {FormatImageCount(job.Images.Count)} with {job.Summary.Model} ({job.Summary.Backend}) in {FormatElapsed(job)}. {FormatCost(job)}.",
        JobStatus.Partial when job.Failure is { Code: FailureCode.Cancelled } => $"Cancelled after {job.Images.Count} of {FormatImageCount(job.Summary.Count)}. {FormatCancelledCost(job)}",
        JobStatus.Partial when job.Images.Count >= job.Summary.Count => $"Made {FormatImageCount(job.Images.Count)}, but not quite as requested. {FormatCost(job)}.",
        JobStatus.Partial => $"{job.Images.Count} of {FormatImageCount(job.Summary.Count)} were made before it failed. {FormatCost(job)}.",
        JobStatus.Running or JobStatus.Queued =>
            $"Not done yet: {ProgressText.Format(job)}.{FormatRemainingTime(job)} Next: check_job with job \"{job.Id}\" waits for it; nothing is billed twice.",
        JobStatus.Cancelled => job.Failure?.Billed is Billing.No ? "Cancelled; nothing was spent." : $"Cancelled while the service was drawing. {FormatCancelledCost(job)}",
        _ => "No image was made.",
    };

    /// <summary>What is left, by what similar jobs took.</summary>
    private static string FormatRemainingTime(JobSnapshot job) => (job.TypicalDuration, job.Remaining) switch
    {
        (null, _) => "",
        ({ } typical, null) => $" Similar ones took {typical.TotalSeconds:0} s once they had begun.",
        ({ } typical, { } left) when left <= TimeSpan.Zero => $" Similar ones took {typical.TotalSeconds:0} s, so it should end soon.",
        ({ } typical, { } left) => $" Similar ones took {typical.TotalSeconds:0} s: about {left.TotalSeconds:0} s more{(job.QueuePosition is null ? "" : ", the queue included")}.",
    };

    /// <summary>Ending what was sent saves time, not money.</summary>
    private static string FormatCancelledCost(JobSnapshot job) => job switch
    {
        { Failure.Billed: Billing.No } => "Nothing was spent.",
        { Summary.Price.Ceiling: { } ceiling } => $"The service may bill it all the same, at most ${ceiling:0.0000}; what it still draws is lost.",
        _ => "The service may bill it all the same; what it still draws is lost.",
    };

    private static string FormatElapsed(JobSnapshot job) => $"{job.Elapsed.TotalSeconds:0.0} s";

    private static string FormatCost(JobSnapshot job) => job switch
    {
        { Usd: 0 } => "Cost: nothing",
        { Outcome.Credits: { } credits } => $"Cost: {FormatCredits(credits)}{(job.Usd is { } worth ? $" (${worth:0.0000})" : "")}",
        { Usd: { } usd } => $"Cost: ${usd:0.0000}",
        { Summary.Price.Ceiling: { } ceiling } => $"Cost: not reported, at most ${ceiling:0.0000}",
        _ => "Cost: unknown",
    };

    private static string FormatCredits(decimal credits) => $"{credits:0.##} credits";

    private static string FormatPlannedCost(JobPlan plan, string? excessWithKey) => plan.TotalPriceWithKey switch
    {
        null => FormatEstimate(plan.TotalPrice),
        { } price => $"Free as a sketch; with a key {FormatModelPrice(price)}{(excessWithKey is null ? "" : $", and it would be refused: {excessWithKey}")}",
    };

    private static string FormatModelPrice(Price price) => price switch
    {
        { Estimate: { } range } when FormatUsd(range.Low) == FormatUsd(range.High) || range.High - range.Low < 0.01m => $"about {FormatUsd(range.High)}",
        { Estimate: { } range } => $"{FormatUsd(range.Low)} to {FormatUsd(range.High)}",
        { Ceiling: { } ceiling } => $"at most {FormatUsd(ceiling)}",
        _ => "at an unknown price",
    };

    /// <summary>As exact as anybody decides by.</summary>
    private static string FormatUsd(decimal usd) => usd < 0.1m ? $"${usd:0.0000}" : $"${usd:0.00}";

    private static string FormatEstimate(Price price) => price switch
    {
        { Unit: CostUnit.None } => "It costs nothing",
        { Credits: { } credits } => $"It costs {FormatCredits(credits)}{(price.Ceiling is { } worth ? $" (${worth:0.0000})" : "; what a credit costs is not set (GPTIMAGE2_SPENDING__USDPERCREDIT)")}",
        { Estimate: { } range } when range.High - range.Low < 0.01m => $"It costs about ${range.High:0.0000}",
        { Estimate: { } range } => $"It costs ${range.Low:0.0000} to ${range.High:0.0000}",
        { Ceiling: { } ceiling } => $"No estimate; at most ${ceiling:0.0000}",
        _ => "The price is unknown",
    };

    private static string FormatWarning(string warning) => $"Note: {warning}";

    private static string FormatImageCount(int count) => count is 1 ? "1 image" : $"{count} images";

    private static string JoinLines(IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => line is not null));
}
