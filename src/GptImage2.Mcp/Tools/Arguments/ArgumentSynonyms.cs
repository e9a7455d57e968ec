using GptImage2.Generation.Errors;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Tells what to write instead of an argument that does not exist.</summary>
internal static class ArgumentSynonyms
{
    /// <summary>Names from other image services, and ours for the same thing, likeliest first.</summary>
    private static readonly Dictionary<string, string[]> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["n"] = ["count", "limit"],
        ["num"] = ["count", "limit"],
        ["num_images"] = ["count", "limit"],
        ["number_of_images"] = ["count"],
        ["num_outputs"] = ["count"],
        ["batch_size"] = ["count"],
        ["max_results"] = ["limit"],
        ["page_size"] = ["limit"],
        ["size"] = ["preset", "resize_to", "max_edge"],
        ["resolution"] = ["preset", "resize_to", "max_edge"],
        ["dimensions"] = ["preset", "resize_to", "max_edge"],
        ["image_size"] = ["preset", "resize_to", "max_edge"],
        ["aspect_ratio"] = ["preset"],
        ["ratio"] = ["preset"],
        ["orientation"] = ["preset"],
        ["output_format"] = ["format"],
        ["file_format"] = ["format"],
        ["image_format"] = ["format"],
        ["output_compression"] = ["compression"],
        ["output_quality"] = ["compression"],
        ["output_path"] = ["save_to"],
        ["output"] = ["save_to"],
        ["output_file"] = ["save_to"],
        ["file_path"] = ["save_to", "image"],
        ["path"] = ["save_to", "image"],
        ["file"] = ["save_to", "image"],
        ["filename"] = ["save_to", "image"],
        ["save_path"] = ["save_to"],
        ["reference_images"] = ["references"],
        ["images"] = ["references", "image"],
        ["image_url"] = ["image", "references"],
        ["image_path"] = ["image", "references"],
        ["image_id"] = ["image", "references"],
        ["id"] = ["image", "job"],
        ["job_id"] = ["job"],
        ["task_id"] = ["job"],
        ["timeout"] = ["wait_seconds"],
        ["wait"] = ["wait_seconds"],
        ["abort"] = ["cancel"],
        ["force"] = ["fresh"],
        ["no_cache"] = ["fresh"],
        ["uri"] = ["image"],
        ["url"] = ["image"],
        ["text"] = ["prompt", "query"],
        ["description"] = ["prompt"],
        ["instructions"] = ["prompt"],
        ["search"] = ["query"],
        ["q"] = ["query"],
        ["keyword"] = ["query"],
        ["page"] = ["cursor"],
        ["offset"] = ["cursor"],
        ["region"] = ["crop"],
        ["regions"] = ["region", "crop"],
        ["crop"] = ["region"],
        ["area"] = ["region", "crop"],
        ["bbox"] = ["region", "crop"],
        ["box"] = ["region", "crop"],
        ["rect"] = ["region", "crop"],
        ["rectangle"] = ["region", "crop"],
        ["mask_image"] = ["mask"],
        ["mask_path"] = ["mask"],
        ["image_mask"] = ["mask"],
        ["inverted"] = ["invert"],
        ["blur"] = ["feather"],
        ["feathering"] = ["feather"],
        ["input_image"] = ["image", "references"],
        ["source_image"] = ["image", "references"],
        ["base_image"] = ["image", "references"],
        ["init_image"] = ["image", "references"],
        ["source"] = ["image", "references"],
        ["input"] = ["image", "references"],
        ["image"] = ["references"],
        ["reference"] = ["references"],
        ["reference_image"] = ["references"],
        ["transparent_background"] = ["cutout", "background"],
        ["remove_background"] = ["cutout"],
        ["cut_out"] = ["cutout"],
        ["type"] = ["role", "shape"],
        ["purpose"] = ["role"],
        ["left"] = ["x"],
        ["top"] = ["y"],
        ["w"] = ["width"],
        ["h"] = ["height"],
        ["unit"] = ["units"],
        ["coordinates"] = ["points"],
        ["polygon"] = ["points"],
        ["dryrun"] = ["dry_run"],
        ["preview"] = ["view", "dry_run"],
        ["transparent"] = ["background"],
        ["name"] = ["topic"],
    };

    /// <summary>What other services have and this one does not, and what to do instead.</summary>
    private static readonly Dictionary<string, string> UnsupportedArguments = new(StringComparer.OrdinalIgnoreCase)
    {
        ["preset"] = "this tool keeps the picture's own size",
        ["size"] = "this tool keeps the picture's own size",
        ["width"] = "this tool keeps the picture's own size",
        ["height"] = "this tool keeps the picture's own size",
        ["resize_to"] = "this tool keeps the picture's own size",
        ["aspect_ratio"] = "this tool keeps the picture's own size",
        ["background"] = "this tool keeps the picture's background; remove_background takes it away",
        ["cutout"] = "call remove_background with the result",
        ["prompt"] = "this tool needs no words",
        ["count"] = "this tool gives one picture",
        ["quality"] = "this tool has none",
        ["strength"] = "say in prompt how much may change",
        ["denoising_strength"] = "say in prompt how much may change",
        ["seed"] = "no seed exists; keep a picture you like and start from it",
        ["negative_prompt"] = "say in prompt what must not appear",
        ["style"] = "say the style in prompt",
        ["model"] = "the user sets the model with GPTIMAGE2_MODEL",
        ["steps"] = "use quality",
        ["guidance_scale"] = "say it in prompt",
        ["response_format"] = "pictures always come as files, with a preview",
        ["stream"] = "progress is sent anyway",
        ["user"] = "it is not needed",
        ["moderation"] = "the service decides",
        ["input_fidelity"] = "this model always looks closely",
    };

    /// <param name="path">Where it was written.</param>
    /// <param name="name">The unknown name.</param>
    /// <param name="known">Names that exist there.</param>
    public static Violation Explain(string path, string name, IReadOnlyList<string> known)
    {
        if (Synonyms.GetValueOrDefault(name)?.Where(known.Contains).ToArray() is { Length: > 0 } synonyms)
        {
            return new Violation(path, $"the name {string.Join(" or ", synonyms)} instead", "a name that does not exist here");
        }

        return !known.Contains(name, StringComparer.OrdinalIgnoreCase) && UnsupportedArguments.TryGetValue(name, out var advice)
            ? new Violation(path, $"to be omitted: {advice}", "a name that does not exist here")
            : new Violation(path, $"one of {string.Join(", ", known)}", "a name that does not exist here", EditDistance.FindNear(name, known));
    }
}
