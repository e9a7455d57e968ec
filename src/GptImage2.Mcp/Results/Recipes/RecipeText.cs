using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;

namespace GptImage2.Mcp.Results.Recipes;

/// <summary>How an image was made, in words.</summary>
internal static class RecipeText
{
    /// <param name="call">Makes its like; null where something of it is no longer there.</param>
    /// <param name="link">Where a reader on another machine finds it; null for others.</param>
    public static string Format(ImageRecord image, JobPlan? plan, JobSnapshot? job, IReadOnlyList<RecipeInput> inputs, string? call, string? link)
    {
        string?[] lines =
        [
            $"{image.Id}: {image.File.Size} {image.File.Format.Name}, made {image.Created.UtcDateTime:yyyy-MM-dd HH:mm} UTC by {image.Tool} with {image.Model} ({image.Backend}). {FormatCost(job)}",
            link is null ? null : $"Download: {link}",
            FormatDrawing(image, plan),
            .. inputs.Select((input, index) => $"Image {index + 1}: {(IsLocal(image) ? "" : $"{input.Role}, ")}{FormatInput(input)}"),
            FormatCast(image, plan),
            image.Region is { } region ? $"Region: {region.Coverage:P2} of it." : null,
            FormatPrompt(image, call),
            image.PromptAsSent is null ? null : $"Prompt as sent:\n{image.PromptAsSent}",
            call is null ? "No call can repeat it, because an image, mask or region that it used is no longer there." : $"Call: {call}",
        ];
        return string.Join('\n', lines.Where(line => line is not null));
    }

    /// <summary>What there is to say of an image that was not made here.</summary>
    public static string FormatUpload(ImageRecord image, string? link) =>
        $"{image.Id}: {image.File.Size} {image.File.Format.Name}, uploaded {image.Created.UtcDateTime:yyyy-MM-dd HH:mm} UTC. It was not made here, so no call makes its like.{(link is null ? "" : $"\nDownload: {link}")}";

    /// <summary>What a model was asked for; nothing where none was.</summary>
    private static string? FormatDrawing(ImageRecord image, JobPlan? plan) => plan?.Request switch
    {
        _ when IsLocal(image) => null,
        { } request => $"Canvas {request.Size}, quality {image.Quality}, background {EnumNames.Format(request.Background)}{(request.Translucent ? ", cutout translucent" : request.Cutout ? ", cutout" : "")}.",
        null => $"Quality {image.Quality}.",
    };

    /// <summary>Which versions of the cast it was made from: an entry may have changed since. The record knows those that had images.</summary>
    private static string? FormatCast(ImageRecord image, JobPlan? plan)
    {
        var mentioned = plan?.Request.Cast?.Select(line => (line.Name, Version: (int?)line.Version)) ?? (image.Inputs ?? []).Where(input => input.Cast is not null).Select(input => (Name: input.Cast!, Version: input.CastVersion));
        string[] versions = [.. mentioned.Distinct().Where(entry => entry.Version is not null).Select(entry => $"{entry.Name} (version {entry.Version})")];
        return versions is [] ? null : $"Cast: {string.Join(", ", versions)}.";
    }

    /// <summary>The words of a board are in its call.</summary>
    private static string? FormatPrompt(ImageRecord image, string? call) => image.Tool switch
    {
        "remove_background" => null,
        "compose_board" => call is null ? $"Words: {image.Prompt}" : null,
        _ => $"Prompt: {image.Prompt}",
    };

    /// <summary>Whether this machine made it itself.</summary>
    private static bool IsLocal(ImageRecord image) => image.Tool is "remove_background" or "compose_board" || LocalModel.Find(image.Model) == LocalModel.Storyboard;

    private static string FormatInput(RecipeInput input) => input.Note is null ? FormatName(input) : $"{FormatName(input)}, note: {input.Note}";

    private static string FormatName(RecipeInput input) => input switch
    {
        { Cast: { } cast } => $"@{cast} of the cast",
        { Name: null, File: null } => "no longer there",
        { Name: null, File: var file } => $"{file}, no longer there",
        { Name: var name, File: { } file } when Path.GetFileName(name) != file => $"{file} (kept as {name})",
        { Name: var name } => name,
    };

    private static string FormatCost(JobSnapshot? job) => job switch
    {
        { Usd: 0 } => "It cost nothing.",
        { Usd: { } usd } => $"It cost ${usd:0.0000}{(job.Summary.Count is 1 ? "" : $" for {job.Summary.Count} images")}.",
        _ => "Its cost is not known.",
    };
}
