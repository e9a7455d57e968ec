using System.Text.Json;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tools;

/// <summary>The arguments that all makers share; null is "not said".</summary>
internal record ImageToolArguments
{
    public string? Prompt { get; init; }

    public string? Preset { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public int? Count { get; init; }

    public ImageQuality? Quality { get; init; }

    public ImageBackground? Background { get; init; }

    public ImageFormat? Format { get; init; }

    public int? Compression { get; init; }

    public string? ResizeTo { get; init; }

    public bool? Cutout { get; init; }

    public string? SaveTo { get; init; }

    public ImageViewMode? View { get; init; }

    public bool? DryRun { get; init; }

    public bool? Fresh { get; init; }

    /// <summary>What the call wants beside its pictures.</summary>
    public ImageToolOptions Options => new(DryRun is true, Fresh is true, View ?? ImageViewMode.Preview);

    public static ImageToolArguments Parse(JsonElement arguments) => arguments.Deserialize(ToolJsonContext.Default.ImageToolArguments)!;

    /// <summary>Whether a violation only follows from another argument that nobody could read.</summary>
    public static bool IsConsequence(Violation violation, ArgumentValidationResult arguments) =>
        violation.Argument is "compression" && arguments.IsInvalid("format");

    /// <summary>Says how the size must be written; whether it is legal, the constraints say.</summary>
    /// <param name="arguments">Tells what was written and could not be read.</param>
    public IEnumerable<Violation> Validate(ArgumentValidationResult arguments)
    {
        var (width, height) = (Width is not null || arguments.IsInvalid("width"), Height is not null || arguments.IsInvalid("height"));
        if ((Preset is not null || arguments.IsInvalid("preset")) && (width || height))
        {
            yield return new Violation(Preset is null ? "width and height" : "preset", "either preset or width and height", "both");
        }
        else if (width != height)
        {
            var (missing, said) = width ? ("height", "width") : ("width", "height");
            yield return new Violation(missing, $"a value beside {said} (or neither, and a preset)", "nothing");
        }

        if (Cutout is true && Background is ImageBackground.Opaque)
        {
            yield return new Violation("background", "to be omitted with cutout (which delivers the subject on a transparent ground)", "opaque");
        }

        if (ResizeTo is { } size && !Dimensions.TryParse(size, null, out _))
        {
            yield return new Violation("resize_to", "WIDTHxHEIGHT in pixels, as in 1920x1080", Violation.Quote(size));
        }
    }

    /// <summary>The request that is meant, what is missing or malformed left at its default.</summary>
    public GenerateRequest ToRequest(ModelProfile profile) =>
        ApplyCommon(new GenerateRequest { Prompt = Prompt ?? "", Size = CanvasSizing.ChooseSize(profile.Sizes, RequestedCanvas, RequestedDeliverySize) }, profile);

    /// <summary>What all makers have in common.</summary>
    protected TRequest ApplyCommon<TRequest>(TRequest request, ModelProfile profile)
        where TRequest : ImageRequest => request with
        {
            Count = Count ?? 1,
            Quality = Quality ?? ImageQuality.Medium,
            Background = (Cutout, profile.DrawsTransparency) switch
            {
                (true, true) => ImageBackground.Transparent,
                (true, false) => ImageBackground.Opaque,
                _ => Background ?? ImageBackground.Auto,
            },
            Cutout = Cutout is true,
            Backdrop = Cutout is true && !profile.DrawsTransparency ? ChromaKey.ChooseFor(request.Prompt) : null,
            Delivery = ToDelivery(),
        };

    protected Delivery ToDelivery() => new()
    {
        Format = Format ?? ImageFormat.Png,
        Compression = Compression,
        ResizeTo = RequestedDeliverySize,
        SaveTo = SaveTo,
    };

    /// <summary>The size to deliver, where one was said that can be understood.</summary>
    protected Dimensions? RequestedDeliverySize => Dimensions.TryParse(ResizeTo, null, out var size) ? size : null;

    /// <summary>The canvas that was said, by name or in pixels.</summary>
    protected Dimensions? RequestedCanvas => (Preset, Width, Height) switch
    {
        ({ } name, _, _) => SizePreset.All.FirstOrDefault(preset => preset.Name == name)?.Size,
        (_, { } width, { } height) => new Dimensions(Math.Max(1, width), Math.Max(1, height)),
        _ => null,
    };
}
