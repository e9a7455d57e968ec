using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Keying;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tools.Help;

/// <summary>What is behind a subject, and the exact call that removes it.</summary>
internal static class BackgroundRemovalHint
{
    /// <summary>Less transparent than this is an accident, not a cut-out.</summary>
    private const double MinTransparentShare = 0.01;

    /// <summary>A longer one is an image as a data: URI and would fill the result.</summary>
    private const int MaxNameLength = 2_000;

    private const int DisplayedNameLength = 40;

    /// <summary>What a service does with what cannot be cut out here, as the rest of a sentence.</summary>
    public static string ServiceAdvice(IImageBackend service) => $"remove_background with method: {BackgroundRemovalMethod.Service} has {service.Name} cut it out ({service.Profile.Model}): that is billed, and the subject keeps its pixels.";

    /// <summary>What a model does with what has no plain backdrop, as the rest of a sentence.</summary>
    public static string ModelAdvice(IImageBackend model) => $"remove_background with method: {BackgroundRemovalMethod.Model} cuts it out here, free ({model.Profile.Model}).";

    public static ToolResponse ForImage(EncodedImage image, string name, BackendRegistry backends)
    {
        var report = BackgroundInspector.Inspect(image);
        var isShort = name.Length <= MaxNameLength;
        var (advice, next) = ChooseAdvice(image, report, isShort ? name : TextTruncation.Truncate(name, DisplayedNameLength), backends);
        var facts = new JsonObject
        {
            ["backdrop"] = ToHex(report.Background),
            ["flat"] = report.IsUniform,
            ["see_through"] = Math.Round(report.TransparentShare, 4),
            ["subject_differs"] = report.IsDistinct,
            ["touches"] = ListEdges(report.TouchedEdges).ToJsonArray(),
            ["painted_checkerboard"] = report.LooksLikeCheckerboard,
        };
        return CreateAnswer($"{Describe(report)} {advice}", next, facts, isExact: isShort);
    }

    /// <summary>How to have a subject drawn so that it can be cut out well.</summary>
    public static ToolResponse ForSubject(string subject)
    {
        var backdrop = ChromaKey.ChooseFor(subject);
        return CreateAnswer(
            $"Draw it with cutout: true: the server asks for a plain backdrop ({backdrop.Name}), cuts the subject out and checks the alpha. " +
            "In prompt describe the subject alone: no floor, no scenery, no shadow, nothing cut off by the edge. For glass, smoke and glow change it to cutout: \"translucent\", at the price of two pictures.",
            CreateCall("generate_image", new JsonObject { ["prompt"] = subject, ["cutout"] = true }),
            new JsonObject { ["backdrop"] = ToHex(backdrop.Colour) });
    }

    private static (string Advice, JsonObject? Next) ChooseAdvice(EncodedImage encoded, BackgroundReport report, string image, BackendRegistry backends)
    {
        var (service, model) = (backends.BackgroundService, backends.BackgroundModel);
        if (IsCutOut(report))
        {
            return ("It has real transparency already: use it as it is.", null);
        }

        return (Problem: BackgroundRemover.FindProblem(report) ?? BackgroundRemoval.FindProblem(encoded), report.LooksLikeCheckerboard, report.IsUniform) switch
        {
            { Problem: null } => ("It was cut on trial, and nothing speaks against the cut. Look at its edges on the ground that it is for:", CreateCall("remove_background", new JsonObject { ["image"] = image })),
            { Problem: BackgroundRemovalError.TooLarge } when service is null => ($"It is too large to be cut out here. {BackgroundRemoval.GetAdvice(BackgroundRemovalError.TooLarge)}", null),
            { Problem: not BackgroundRemovalError.TooLarge } when model is not null => ($"There is no plain backdrop to cut along. {ModelAdvice(model)} It knows things from backgrounds by sight, so look at the result:", CreateCall("remove_background", new JsonObject { ["image"] = image, ["method"] = BackgroundRemovalMethod.Model })),
            _ when service is not null => ($"No clean cut can be made here. {ServiceAdvice(service)}", CreateCall("remove_background", new JsonObject { ["image"] = image, ["method"] = BackgroundRemovalMethod.Service })),
            { LooksLikeCheckerboard: true } => ("The transparency is only painted, so nothing can be cut along it. Let the model redraw the subject on a plain backdrop (billed; labels and small details are drawn anew):", CreateRedrawCall(image)),
            { IsUniform: true } => ("The subject has the backdrop's own colour, so no edge can be found. Let the model put it on another colour:", CreateRedrawCall(image)),
            _ => ($"A busy background cannot be cut away cleanly here: the user can {BackgroundRemoval.ModelAdvice}. Or let the model redraw the subject on a plain backdrop (billed; labels and small details are drawn anew):", CreateRedrawCall(image)),
        };
    }

    private static bool IsCutOut(BackgroundReport report) => report.HasAlpha && report.TransparentShare >= MinTransparentShare;

    private static string Describe(BackgroundReport report)
    {
        if (IsCutOut(report))
        {
            return $"{report.TransparentShare:0 %} of it is transparent.";
        }

        var edges = string.Join(", ", ListEdges(report.TouchedEdges));
        var backdrop = report.IsUniform
            ? $"The backdrop is flat, {ToHex(report.Background)}."
            : "The background is not one flat colour.";
        return edges is "" || !report.IsUniform ? backdrop : $"{backdrop} The subject touches the edge ({edges}), so it will be cut off straight there.";
    }

    private static JsonObject CreateRedrawCall(string image) => CreateCall("edit_with_references", new JsonObject
    {
        ["prompt"] = BackgroundRemoval.RedrawPrompt,
        ["references"] = new JsonArray(new JsonObject { ["image"] = image, ["role"] = "base" }),
        ["cutout"] = true,
    });

    private static JsonObject CreateCall(string tool, JsonObject arguments) => new() { ["tool"] = tool, ["arguments"] = arguments };

    /// <param name="isExact">Whether the next call can be made as it stands, and not only be understood.</param>
    private static ToolResponse CreateAnswer(string words, JsonObject? next, JsonObject facts, bool isExact = true)
    {
        var summary = next is null ? words : $"{words} {next["tool"]} {next["arguments"]!.ToJsonString(FailureText.LettersAsTheyAre)}{(isExact ? "" : " with the same image as in this call, whole.")}";
        facts["summary"] = summary;
        facts["next"] = next is not null && isExact ? new JsonArray(next) : null;
        return new ToolResponse { Text = summary, Structured = facts.WithoutNulls() };
    }

    private static IEnumerable<string> ListEdges(ImageEdges edges) =>
        Enum.GetValues<ImageEdges>().Where(edge => edge is not ImageEdges.None && edges.HasFlag(edge)).Select(edge => edge.ToString().ToLowerInvariant());

    private static string ToHex(Colour colour) => $"#{colour.Red:X2}{colour.Green:X2}{colour.Blue:X2}";
}
