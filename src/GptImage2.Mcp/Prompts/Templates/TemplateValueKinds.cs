using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>The kinds of values that a template's argument can have by name.</summary>
internal sealed class TemplateValueKinds(ModelProfile profile)
{
    public const string Images = "images";

    public const string Numbers = "numbers";

    public static IReadOnlyList<string> Names { get; } = [Images, "jobs", Numbers, "presets", "qualities", "roles"];

    /// <summary>All values the argument can have, or null when they cannot be told beforehand.</summary>
    public IReadOnlyList<string>? GetChoices(TemplateArgument argument) => argument switch
    {
        { Choices: { Count: > 0 } choices } => choices,
        { Values: "presets" } => [.. SizePreset.All.Select(preset => preset.Name)],
        { Values: "qualities" } => [.. profile.Qualities.Select(quality => quality.Name)],
        { Values: "roles" } => [.. Enum.GetValues<ReferenceRole>().Select(role => role.Name)],
        _ => null,
    };
}
