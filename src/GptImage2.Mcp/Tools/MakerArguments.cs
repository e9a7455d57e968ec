using System.Text.Json;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Tools;

/// <summary>The arguments that all makers share; null is "not said".</summary>
internal sealed record MakerArguments
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

    public string? SaveTo { get; init; }

    public PictureView? View { get; init; }

    public bool? DryRun { get; init; }

    public static MakerArguments Read(JsonElement arguments) => arguments.Deserialize(ToolJson.Default.MakerArguments)!;

    /// <summary>Whether a violation only follows from another argument that nobody could read.</summary>
    public static bool IsMoot(Violation violation, CheckedArguments arguments) =>
        violation.Argument is "compression" && arguments.Blames("format");

    /// <summary>Says how the size must be written; whether it is legal, the constraints say.</summary>
    public IEnumerable<Violation> Check()
    {
        if (Preset is not null && (Width ?? Height) is not null)
        {
            yield return new Violation("preset", "either preset or width and height", "both");
        }
        else if (Width is null != Height is null)
        {
            var (missing, said) = Width is null ? ("width", "height") : ("height", "width");
            yield return new Violation(missing, $"a value beside {said} (or neither, and a preset)", "nothing");
        }

        if (ResizeTo is { } size && !Dimensions.TryParse(size, null, out _))
        {
            yield return new Violation("resize_to", "WIDTHxHEIGHT in pixels, as in 1920x1080", $"\"{size}\"");
        }
    }

    /// <summary>The request that is meant, what is missing or malformed left at its default.</summary>
    public GenerateRequest ToRequest(ModelProfile profile)
    {
        Dimensions? resizeTo = Dimensions.TryParse(ResizeTo, null, out var size) ? size : null;
        return new GenerateRequest
        {
            Prompt = Prompt ?? "",
            Size = Canvas.Choose(profile.Sizes, Said(), resizeTo),
            Count = Count ?? 1,
            Quality = Quality ?? ImageQuality.Medium,
            Background = Background ?? ImageBackground.Auto,
            Delivery = new Delivery
            {
                Format = Format ?? ImageFormat.Png,
                Compression = Compression,
                ResizeTo = resizeTo,
                SaveTo = SaveTo,
            },
        };
    }

    private Dimensions? Said() => (Preset, Width, Height) switch
    {
        ({ } name, _, _) => SizePreset.All.FirstOrDefault(preset => preset.Name == name)?.Size,
        (_, > 0 and { } width, > 0 and { } height) => new Dimensions(width, height),
        _ => null,
    };
}
