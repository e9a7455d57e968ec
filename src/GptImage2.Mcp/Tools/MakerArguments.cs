using System.Text.Json;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Tools;

/// <summary>The arguments that all makers share; null is "not said".</summary>
internal record MakerArguments
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

    public PictureView? View { get; init; }

    public bool? DryRun { get; init; }

    public bool? Fresh { get; init; }

    /// <summary>What the call wants beside its pictures.</summary>
    public MakerHow How => new(DryRun is true, Fresh is true, View ?? PictureView.Preview);

    public static MakerArguments Read(JsonElement arguments) => arguments.Deserialize(ToolJson.Default.MakerArguments)!;

    /// <summary>Whether a violation only follows from another argument that nobody could read.</summary>
    public static bool IsMoot(Violation violation, CheckedArguments arguments) =>
        violation.Argument is "compression" && arguments.Blames("format");

    /// <summary>Says how the size must be written; whether it is legal, the constraints say.</summary>
    /// <param name="arguments">Tells what was written and could not be read.</param>
    public IEnumerable<Violation> Check(CheckedArguments arguments)
    {
        var (width, height) = (Width is not null || arguments.Blames("width"), Height is not null || arguments.Blames("height"));
        if ((Preset is not null || arguments.Blames("preset")) && (width || height))
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
        Fill(new GenerateRequest { Prompt = Prompt ?? "", Size = CanvasSizing.ChooseSize(profile.Sizes, Said, Target) }, profile);

    /// <summary>What all makers have in common.</summary>
    protected TRequest Fill<TRequest>(TRequest request, ModelProfile profile)
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
        ResizeTo = Target,
        SaveTo = SaveTo,
    };

    /// <summary>The size to deliver, where one was said that can be understood.</summary>
    protected Dimensions? Target => Dimensions.TryParse(ResizeTo, null, out var size) ? size : null;

    /// <summary>The canvas that was said, by name or in pixels.</summary>
    protected Dimensions? Said => (Preset, Width, Height) switch
    {
        ({ } name, _, _) => SizePreset.All.FirstOrDefault(preset => preset.Name == name)?.Size,
        (_, { } width, { } height) => new Dimensions(Math.Max(1, width), Math.Max(1, height)),
        _ => null,
    };
}
