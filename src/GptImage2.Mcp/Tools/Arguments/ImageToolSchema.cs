using GptImage2.Generation.Models;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>The arguments that all drawing tools share, as the client sees them. Every number comes from the profile.</summary>
internal static class ImageToolSchema
{
    public static JsonObject CreateProperties(ModelProfile profile) => new()
    {
        ["prompt"] = SchemaBuilder.Text("What to draw: scene, then subject, then style. Text that must appear goes in quotes.", profile.MaxPromptLength),
        ["preset"] = SchemaBuilder.OneOf($"Default {DescribePresets()}.", SizePreset.All.Select(preset => preset.Name)),
        ["width"] = CreateEdge(DescribeSizeLimits(profile.Sizes), profile.Sizes),
        ["height"] = CreateEdge("With width.", profile.Sizes),
        ["count"] = SchemaBuilder.Integer("Default 1; each is billed.", 1, profile.MaxCount),
        ["quality"] = SchemaBuilder.OneOf("Default medium. low for drafts; high for small text, faces, finals.", profile.Qualities.Select(quality => quality.Name)),
        ["background"] = SchemaBuilder.OneOf("Default auto. transparent needs png or webp.", profile.Backgrounds.Select(background => background.Name)),
        ["format"] = SchemaBuilder.OneOf("Default png.", profile.Formats.Select(format => format.Name)),
        ["compression"] = SchemaBuilder.Integer("For jpeg and webp: 0 smallest to 100 best.", 0, 100),
        ["cutout"] = SchemaBuilder.FlagOr("Deliver the subject alone, real alpha checked. translucent: for glass, smoke, glow; bills two pictures.", CutoutChoiceConverter.Translucent),
        ["resize_to"] = SchemaBuilder.Text("Deliver exactly this size, as in 1920x1080. Alone it also picks the canvas."),
        ["save_to"] = SchemaBuilder.Text("Also save a copy here; its extension is the format. A taken name gets a number."),
        ["overwrite"] = SchemaBuilder.Flag("Replace the file at save_to."),
        ["view"] = SchemaBuilder.OneOf("What the result shows. Default preview.", ["preview", "full", "none"]),
        ["dry_run"] = SchemaBuilder.Flag("Only check and price the call."),
        ["fresh"] = SchemaBuilder.Flag("Make and bill anew what runs already or was not collected."),
    };

    /// <summary>The same without descriptions, for a further tool: a model reads all tools together, and every word of theirs costs its context.</summary>
    public static JsonObject CreatePropertiesWithoutDescriptions(ModelProfile profile)
    {
        var properties = CreateProperties(profile);
        foreach (var (_, schema) in properties)
        {
            schema!.AsObject().Remove("description");
        }

        return properties;
    }

    private static JsonObject CreateEdge(string description, SizeRules rules) =>
        SchemaBuilder.Integer(description, rules.MinEdge, rules.MaxEdge, rules.EdgeMultiple);

    private static string DescribeSizeLimits(SizeRules rules) => $"Instead of preset, with height. At most {rules.MaxRatio}:1, {rules.MinPixels}-{rules.MaxPixels} pixels in all; for others use resize_to.";

    private static string DescribePresets() => string.Join("; ", SizePreset.All.Select(preset => $"{preset.Name} {preset.Size}"));
}
