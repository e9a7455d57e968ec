using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;

namespace GptImage2.Mcp.Results.Recipes;

/// <summary>How an image was made, in words.</summary>
internal static class RecipeText
{
    /// <param name="call">Makes its like; null where something of it is no longer there.</param>
    public static string Format(ImageRecord image, JobPlan? plan, JobSnapshot? job, IReadOnlyList<RecipeInput> inputs, string? call)
    {
        string?[] lines =
        [
            $"{image.Id}: {image.File.Size} {image.File.Format.Name}, made {image.Created.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {image.Tool} with {image.Model} ({image.Backend}). {FormatCost(job)}",
            plan?.Request is { } request and not BackgroundRemovalRequest
                ? $"Canvas {request.Size}, quality {image.Quality}, background {EnumNames.Format(request.Background)}{(request.Cutout ? ", cutout" : "")}."
                : $"Quality {image.Quality}.",
            .. inputs.Select((input, index) => $"Image {index + 1}: {input.Role}, {input.Name ?? "no longer there"}{(input.Note is null ? "" : $", note: {input.Note}")}"),
            image.Region is { } region ? $"Region: {region.Coverage:P2} of it." : null,
            $"Prompt: {image.Prompt}",
            image.PromptAsSent is null ? null : $"Prompt as sent:\n{image.PromptAsSent}",
            call is null ? "No call can repeat it, because an image, mask or region that it used is no longer there." : $"Call: {call}",
        ];
        return string.Join('\n', lines.Where(line => line is not null));
    }

    private static string FormatCost(JobSnapshot? job) => job switch
    {
        { Usd: 0 } => "It cost nothing.",
        { Usd: { } usd } => $"It cost ${usd:0.0000}{(job.Summary.Count is 1 ? "" : $" for {job.Summary.Count} images")}.",
        _ => "Its cost is not known.",
    };
}
