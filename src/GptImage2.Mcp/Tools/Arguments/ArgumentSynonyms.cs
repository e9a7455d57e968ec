namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Tells what to write instead of an argument that does not exist.</summary>
internal static class ArgumentSynonyms
{
    /// <summary>Our names, likeliest first, and what other image services call the same thing.</summary>
    private static readonly Dictionary<string, string[]> Synonyms = ToDictionary<string[]>(
    [
        (["count", "limit"], ["n", "num", "num_images"]),
        (["count"], ["number_of_images", "num_outputs", "batch_size"]),
        (["limit"], ["max_results", "page_size"]),
        (["preset", "resize_to", "max_edge"], ["size", "resolution", "dimensions", "image_size"]),
        (["preset"], ["aspect_ratio", "ratio", "orientation"]),
        (["format"], ["output_format", "file_format", "image_format"]),
        (["compression"], ["output_compression", "output_quality"]),
        (["save_to"], ["output_path", "output", "output_file", "save_path"]),
        (["save_to", "image"], ["file_path", "path", "file", "filename"]),
        (["references"], ["reference_images", "image", "reference", "reference_image"]),
        (["references", "image"], ["images"]),
        (["image", "references"], ["image_url", "image_path", "image_id", "input_image", "source_image", "base_image", "init_image", "source", "input"]),
        (["image", "job"], ["id"]),
        (["job"], ["job_id", "task_id"]),
        (["wait_seconds"], ["timeout", "wait"]),
        (["cancel"], ["abort"]),
        (["fresh"], ["force", "no_cache"]),
        (["image"], ["uri", "url"]),
        (["prompt", "query"], ["text"]),
        (["prompt"], ["description", "instructions"]),
        (["query"], ["search", "q", "keyword"]),
        (["cursor"], ["page", "offset"]),
        (["crop"], ["region"]),
        (["region", "crop"], ["regions", "area", "bbox", "box", "rect", "rectangle"]),
        (["region"], ["crop"]),
        (["mask"], ["mask_image", "mask_path", "image_mask"]),
        (["invert"], ["inverted"]),
        (["feather"], ["blur", "feathering"]),
        (["cutout", "background"], ["transparent_background"]),
        (["cutout"], ["remove_background", "cut_out"]),
        (["role", "shape"], ["type"]),
        (["role"], ["purpose"]),
        (["x"], ["left"]),
        (["y"], ["top"]),
        (["width"], ["w"]),
        (["height"], ["h"]),
        (["units"], ["unit"]),
        (["points"], ["coordinates", "polygon"]),
        (["dry_run"], ["dryrun"]),
        (["view", "dry_run"], ["preview"]),
        (["background"], ["transparent"]),
        (["topic"], ["name"]),
    ]);

    /// <summary>What to do instead of what other services have and this one does not.</summary>
    private static readonly Dictionary<string, string> Advice = ToDictionary<string>(
    [
        ("this tool keeps the image's own size", ["preset", "size", "width", "height", "resize_to", "aspect_ratio"]),
        ("this tool keeps the image's background; remove_background removes it", ["background"]),
        ("call remove_background with the result", ["cutout"]),
        ("this tool needs no prompt", ["prompt"]),
        ("this tool gives one image", ["count"]),
        ("this tool has none", ["quality"]),
        ("say in prompt how much may change", ["strength", "denoising_strength"]),
        ("no seed exists; keep an image you like and start from it", ["seed"]),
        ("say in prompt what must not appear", ["negative_prompt"]),
        ("say the style in prompt", ["style"]),
        ("the user sets the model with GPTIMAGE2_MODEL", ["model"]),
        ("use quality", ["steps"]),
        ("say it in prompt", ["guidance_scale"]),
        ("images always come as files, with a preview", ["response_format"]),
        ("progress is sent anyway", ["stream"]),
        ("it is not needed", ["user"]),
        ("the service decides", ["moderation"]),
        ("this model always looks closely", ["input_fidelity"]),
    ]);

    /// <param name="path">Where it was written.</param>
    /// <param name="name">The unknown name.</param>
    /// <param name="known">Names that exist there.</param>
    public static Violation Explain(string path, string name, IReadOnlyList<string> known)
    {
        if (Synonyms.GetValueOrDefault(name)?.Where(known.Contains).ToArray() is { Length: > 0 } synonyms)
        {
            return new Violation(path, $"the name {string.Join(" or ", synonyms)} instead", "a name that does not exist here");
        }

        return !known.Contains(name, StringComparer.OrdinalIgnoreCase) && Advice.TryGetValue(name, out var advice)
            ? new Violation(path, $"to be omitted: {advice}", "a name that does not exist here")
            : new Violation(path, $"one of {string.Join(", ", known)}", "a name that does not exist here", EditDistance.FindNear(name, known));
    }

    private static Dictionary<string, TValue> ToDictionary<TValue>(IEnumerable<(TValue Value, string[] Names)> groups) => groups
        .SelectMany(group => group.Names.Select(name => (name, group.Value)))
        .ToDictionary(pair => pair.name, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
}
