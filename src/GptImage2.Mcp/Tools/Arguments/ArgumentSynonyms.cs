namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Tells what to write instead of an argument that does not exist.</summary>
internal static class ArgumentSynonyms
{
    /// <summary>Our names, likeliest first, and what other image services call the same thing.</summary>
    private static readonly Dictionary<string, string[]> Synonyms = ToDictionary<string[]>(
    [
        (["count", "limit"], ["n", "num", "num_images", "amount"]),
        (["count"], ["number_of_images", "num_outputs", "batch_size", "samples", "number", "quantity", "images_count", "variations"]),
        (["limit"], ["max_results", "page_size", "count", "last"]),
        (["max_edge"], ["size", "resolution", "dimensions", "image_size"]),
        (["format"], ["output_format", "file_format", "image_format", "mime_type", "output_mime_type", "extension"]),
        (["compression"], ["output_compression", "output_quality", "jpeg_quality", "compression_quality"]),
        (["save_to"], ["output_path", "output", "output_file", "save_path", "out", "dest", "destination", "target_path", "save_as", "output_filename"]),
        (["save_to", "image"], ["file_path", "path", "file", "filename"]),
        (["references"], ["reference_images", "image", "reference", "reference_image"]),
        (["references", "image"], ["images"]),
        (["image", "references"], ["image_url", "image_path", "image_id", "input_image", "source_image", "base_image", "init_image", "source", "input"]),
        (["image", "job"], ["id"]),
        (["job"], ["job_id", "task_id", "request_id"]),
        (["wait_seconds"], ["timeout", "wait"]),
        (["cancel"], ["abort"]),
        (["fresh"], ["force", "no_cache"]),
        (["image"], ["uri", "url", "file_id"]),
        (["prompt", "query"], ["text"]),
        (["prompt"], ["description", "instructions", "instruction", "edit_prompt", "text_prompt", "caption"]),
        (["query"], ["search", "q", "keyword", "keywords", "filter", "words"]),
        (["cursor"], ["page", "offset"]),
        (["crop"], ["region"]),
        (["region", "crop"], ["regions", "area", "bbox", "box", "rect", "rectangle"]),
        (["region"], ["crop"]),
        (["mask"], ["mask_image", "mask_path", "image_mask"]),
        (["invert"], ["inverted"]),
        (["feather"], ["blur", "feathering"]),
        (["match_colours"], ["match_colors", "colour_match", "color_match"]),
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
        (["topic"], ["name", "guide", "template"]),
        (["board"], ["board_id", "storyboard", "storyboard_id"]),
        (["panels"], ["scenes", "shots", "frames", "cells"]),
        (["formats"], ["format", "what", "types"]),
        (["order"], ["reorder", "new_order"]),
        (["captions"], ["labels", "titles", "texts"]),
        (["columns"], ["cols", "ncols", "per_row"]),
    ]);

    /// <summary>What to do instead of what other services have and this one does not.</summary>
    private static readonly Dictionary<string, string> Advice = ToDictionary<string>(
    [
        ("the images decide the size here", ["preset", "size", "width", "height", "resize_to", "aspect_ratio"]),
        ("no background can be chosen here", ["background"]),
        ("call remove_background with the result", ["cutout"]),
        ("this tool needs no prompt", ["prompt"]),
        ("this tool gives one image", ["count"]),
        ("this tool has none", ["quality"]),
        ("say in prompt how much may change", ["strength", "denoising_strength"]),
        ("no seed exists; keep an image you like and start from it", ["seed"]),
        ("say in prompt what must not appear", ["negative_prompt"]),
        ("say the style in prompt", ["style"]),
        ("the user sets the model with GPTIMAGE2_MODEL", ["model"]),
        ("use quality", ["steps", "num_inference_steps", "rendering_speed", "speed", "megapixels"]),
        ("say it in prompt", ["guidance_scale", "cfg_scale", "guidance", "stylize", "chaos", "style_preset", "style_type", "artistic_style"]),
        ("prompts are sent as they are", ["magic_prompt", "prompt_upsampling", "enhance_prompt", "enhance", "revised_prompt"]),
        ("there is no such setting", ["sampler", "scheduler", "go_fast", "sync_mode", "raw", "tiling", "lora", "controlnet"]),
        ("images always come as files, with a preview", ["response_format"]),
        ("progress is sent anyway", ["stream"]),
        ("it is not needed", ["user"]),
        ("the service decides", ["moderation", "safety_tolerance", "enable_safety_checker", "disable_safety_checker", "person_generation", "safety_filter_level"]),
        ("this model always looks closely", ["input_fidelity"]),
        ("there is no animation and no video here, only still images", ["animated", "animation", "video", "duration", "fps", "frames", "loop"]),
        ("there are no layers here: every image is flat", ["layers"]),
    ]);

    /// <summary>Names that may mean a file to read as well as one to write, or a new bill as well as an overwritten file: never taken silently.</summary>
    public static IReadOnlyCollection<string> UncertainNames { get; } = ["file", "path", "filepath", "force", "nocache", "abort"];

    /// <returns>What a name of another service can mean among the names of a tool, likeliest first.</returns>
    public static IReadOnlyList<string> Find(string name, IReadOnlyList<string> known) => [.. (Synonyms.GetValueOrDefault(Simplify(name)) ?? []).Where(known.Contains)];

    /// <param name="place">The path of the object it was written in, with a dot at its end; empty at the top.</param>
    /// <param name="name">The unknown name.</param>
    /// <param name="written">Its value.</param>
    /// <param name="known">Names that exist there.</param>
    /// <param name="listsNames">Whether the answer may list all names that there are: once is enough.</param>
    /// <param name="present">Every name that was written there: what is given is never replaced.</param>
    public static Violation Explain(string place, string name, JsonElement written, IReadOnlyList<string> known, IReadOnlyCollection<string> present, bool listsNames)
    {
        var path = place + SchemaDescriptions.QuoteName(name);
        var isUnsafe = UncertainNames.Contains(Simplify(name));
        Repair[] Remove(bool isGuess) => [new Repair(place + name, null) { IsGuess = isGuess }];
        Repair[] Replace(string by) => present.Contains(by) ? Remove(isGuess: true) : [.. Remove(isUnsafe), new Repair(place + by, JsonNode.Parse(written.GetRawText()))];
        if (Find(name, known) is { Count: > 0 } synonyms)
        {
            return new Violation(path, $"the argument {string.Join(" or ", synonyms)}", "a name that does not exist here") { Repairs = Replace(synonyms[0]) };
        }

        if (!known.Contains(name, StringComparer.OrdinalIgnoreCase) && Advice.TryGetValue(Simplify(name), out var advice))
        {
            return new Violation(path, $"to be omitted ({advice})", SchemaDescriptions.Truncate(written)) { Repairs = Remove(isGuess: false) };
        }

        var near = EditDistance.FindNear(name, known);
        var expected = near is not null || !listsNames ? "an argument of this tool" : $"one of {string.Join(", ", known)}";
        return new Violation(path, expected, "a name that does not exist here", near) { Repairs = near is null ? Remove(isGuess: true) : Replace(near) };
    }

    private static Dictionary<string, TValue> ToDictionary<TValue>(IEnumerable<(TValue Value, string[] Names)> groups) => groups
        .SelectMany(group => group.Names.Select(name => (name, group.Value)))
        .ToDictionary(pair => Simplify(pair.name), pair => pair.Value, StringComparer.Ordinal);

    /// <summary>saveTo, Save-To and save_to are one name.</summary>
    public static string Simplify(string name) => string.Concat(name.Where(letter => letter is not ('_' or '-' or ' '))).ToLowerInvariant();
}
