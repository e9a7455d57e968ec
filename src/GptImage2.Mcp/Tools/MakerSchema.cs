using System.Globalization;
using System.Text.Json.Nodes;
using GptImage2.Generation.Models;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Tools;

/// <summary>The arguments that all makers share, as the client sees them. Every number comes from the profile.</summary>
internal static class MakerSchema
{
    public static JsonObject Properties(ModelProfile profile) => new()
    {
        ["prompt"] = Schema.Text("What to draw: scene, then subject, then style. Put text that must appear in quotes.", profile.MaxPromptLength),
        ["preset"] = Schema.OneOf("Size by name, instead of width and height. Omit both for square (1024x1024).", SizePreset.All.Select(preset => preset.Name)),
        ["width"] = Edge(Limits(profile.Sizes), profile.Sizes),
        ["height"] = Edge("Pixels; give width too.", profile.Sizes),
        ["count"] = Schema.Integer("How many pictures; each is billed. Default 1.", 1, profile.MaxCount),
        ["quality"] = Schema.OneOf("Default medium. low for drafts; high for small text, faces, finals.", profile.Qualities.Select(quality => quality.Name)),
        ["background"] = Schema.OneOf("Default auto. transparent needs png or webp.", profile.Backgrounds.Select(background => background.Name)),
        ["format"] = Schema.OneOf("Default png.", profile.Formats.Select(format => format.Name)),
        ["compression"] = Schema.Integer("For jpeg and webp: 0 smallest to 100 best.", 0, 100),
        ["cutout"] = Schema.Flag("Deliver the subject alone on a transparent ground, real alpha checked."),
        ["resize_to"] = Schema.Text("Deliver exactly this size, as in 1920x1080, cropped to cover."),
        ["save_to"] = Schema.Text("Also save a copy here: a path that ends in the format's extension. Never overwrites."),
        ["view"] = Schema.OneOf("What the result shows. Default preview.", ["preview", "full", "none"]),
        ["dry_run"] = Schema.Flag("Only check and price the call; nothing is made or spent."),
        ["fresh"] = Schema.Flag("Draw and bill anew even if the same call runs or was not collected."),
    };

    /// <summary>The same without descriptions, for a further tool: a model reads all tools together, and every word of theirs costs its context.</summary>
    public static JsonObject Again(ModelProfile profile)
    {
        var properties = Properties(profile);
        foreach (var (_, schema) in properties)
        {
            schema!.AsObject().Remove("description");
        }

        return properties;
    }

    private static JsonObject Edge(string description, SizeRules rules) =>
        Schema.Integer(description, rules.MinEdge, rules.MaxEdge, rules.EdgeMultiple);

    private static string Limits(SizeRules rules) => string.Create(
        CultureInfo.InvariantCulture,
        $"Pixels; give height too. Ratio at most {rules.MaxRatio}:1, {rules.MinPixels}-{rules.MaxPixels} pixels in all.");
}
