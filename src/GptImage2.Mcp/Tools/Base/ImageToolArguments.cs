using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tools.Base;

/// <summary>How an image is delivered and shown; null is "not given".</summary>
internal abstract record DeliveryArguments
{
    public ImageFormat? Format { get; init; }

    public int? Compression { get; init; }

    public string? SaveTo { get; init; }

    public bool? Overwrite { get; init; }

    public ImageViewMode? View { get; init; }

    public bool? DryRun { get; init; }

    public bool? Fresh { get; init; }

    /// <summary>What the call wants in addition to its images.</summary>
    public ImageToolOptions Options => new(DryRun is true, Fresh is true, View ?? ImageViewMode.Preview);

    /// <summary>How arguments must be combined; whether a value is legal, the schema and the model's constraints say.</summary>
    /// <param name="shape">Knows what was written and could not be read.</param>
    public abstract IEnumerable<Violation> Validate(ArgumentValidationResult shape);

    /// <summary>Without a format, the extension of the copy decides.</summary>
    public virtual Delivery ToDelivery() => new()
    {
        Format = Format ?? (SaveTo is { } path ? SaveToPolicy.FindFormat(path) : null) ?? ImageFormat.Png,
        FormatFromExtension = Format is null && SaveTo is not null,
        Compression = Compression,
        SaveTo = SaveTo,
        Overwrite = Overwrite is true,
    };
}

/// <summary>The arguments of generate_image, which all tools that draw share.</summary>
internal record ImageToolArguments : DeliveryArguments
{
    public string? Prompt { get; init; }

    public string? Preset { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public int? Count { get; init; }

    public ImageQuality? Quality { get; init; }

    public ImageBackground? Background { get; init; }

    public string? ResizeTo { get; init; }

    public CutoutChoice? Cutout { get; init; }

    private bool IsCutout => Cutout is CutoutChoice.On or CutoutChoice.Translucent;

    /// <summary>The size to deliver, where one was given that can be understood.</summary>
    public Dimensions? RequestedDeliverySize => Dimensions.TryParse(ResizeTo, null, out var size) ? size : null;

    /// <summary>The canvas that was given, by name or in pixels.</summary>
    public Dimensions? RequestedCanvas => (Preset, Width, Height) switch
    {
        ({ } name, _, _) => SizePreset.All.FirstOrDefault(preset => preset.Name == name)?.Size,
        (_, { } width, { } height) => new Dimensions(Math.Max(1, width), Math.Max(1, height)),
        _ => null,
    };

    public override IEnumerable<Violation> Validate(ArgumentValidationResult shape)
    {
        var (width, height) = (Width is not null || shape.IsInvalid("width"), Height is not null || shape.IsInvalid("height"));
        if ((Preset is not null || shape.IsInvalid("preset")) && (width || height))
        {
            yield return new Violation(Preset is null ? "width and height" : "preset", "either preset or width and height", "both") { Repairs = RepairPreset(width && height) };
        }
        else if (width != height)
        {
            var (missing, given) = width ? ("height", "width") : ("width", "height");
            Repair[] repairs = (Width ?? Height) is { } edge && ResizeTo is null ? [new Repair(given, edge), new Repair(missing, edge)] : [new Repair(given, null)];
            yield return new Violation(missing, $"a value in addition to {given} (or neither, and a preset)", "nothing") { Repairs = repairs };
        }

        if (IsCutout && Background is ImageBackground.Opaque)
        {
            yield return new Violation("background", "to be omitted with cutout (which delivers the subject on a transparent background)", "opaque");
        }

        if (ResizeTo is { } size && RequestedDeliverySize is null)
        {
            yield return new Violation("resize_to", "WIDTHxHEIGHT in pixels, as in 1920x1080", Violation.Quote(size));
        }
    }

    /// <summary>Pixels say more than a name.</summary>
    private Repair[] RepairPreset(bool isComplete) => isComplete && Width is { } width && Height is { } height
        ? [new Repair("preset", null), new Repair("width", width), new Repair("height", height)]
        : [new Repair("width", null), new Repair("height", null)];

    /// <summary>The request with everything that all drawing tools have in common.</summary>
    public TRequest ApplyTo<TRequest>(TRequest request, ModelProfile profile)
        where TRequest : ImageRequest => Cutout is CutoutChoice.Translucent ? (TRequest)ApplyCommon(request, profile).WithTwoBackdrops() : ApplyCommon(request, profile);

    public override Delivery ToDelivery() => base.ToDelivery() with { ResizeTo = RequestedDeliverySize };

    private TRequest ApplyCommon<TRequest>(TRequest request, ModelProfile profile)
        where TRequest : ImageRequest => request with
        {
            Count = Count ?? 1,
            Quality = Quality ?? ImageQuality.Medium,
            Background = (IsCutout, profile.DrawsTransparency) switch
            {
                (true, true) => ImageBackground.Transparent,
                (true, false) => ImageBackground.Opaque,
                _ => Background ?? ImageBackground.Auto,
            },
            Cutout = IsCutout,
            Backdrop = IsCutout && !profile.DrawsTransparency ? ChromaKey.ChooseFor(request.Prompt) : null,
            Delivery = ToDelivery(),
        };
}
