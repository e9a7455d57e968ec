using GptImage2.Generation.Json;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests.Mentions;

namespace GptImage2.Generation.Requests;

/// <summary>Everything a caller may ask for, before any constraint has looked at it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GenerateRequest), "text")]
[JsonDerivedType(typeof(EditRequest), "edit")]
[JsonDerivedType(typeof(InpaintRequest), "inpaint")]
[JsonDerivedType(typeof(BackgroundRemovalRequest), "cutout")]
[JsonDerivedType(typeof(BoardRequest), "board")]
[JsonDerivedType(typeof(StoryboardRequest), "storyboard")]
public abstract record ImageRequest
{
    /// <summary>As the caller wrote it.</summary>
    public required string Prompt { get; init; }

    /// <summary>The canvas the model draws on, in pixels.</summary>
    public required Dimensions Size { get; init; }

    public int Count { get; init; } = 1;

    public ImageQuality Quality { get; init; } = ImageQuality.Medium;

    public ImageBackground Background { get; init; } = ImageBackground.Auto;

    /// <summary>Deliver the subject alone, on a transparent background.</summary>
    public bool Cutout { get; init; }

    /// <summary>
    /// Draw the subject on two backdrops, on white and then the same on black, so that what of it is see-through is known exactly. Only with
    /// <see cref="Cutout"/>; two pictures are billed.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Translucent { get; init; }

    /// <summary>The plain colour to draw on where the model cannot leave the background transparent itself; null where it can, or need not.</summary>
    public ChromaKey? Backdrop { get; init; }

    public Delivery Delivery { get; init; } = new();

    /// <summary>What the prompt says of the cast that it mentions; null where it mentions none, or has not been looked at.</summary>
    public IReadOnlyList<CastLine>? Cast { get; init; }

    /// <summary>The images that go with the prompt, in the order in which it numbers them.</summary>
    public virtual IReadOnlyList<Reference> Images => [];

    /// <summary>Whether another picture is drawn after this one: see <see cref="SecondPicture"/>.</summary>
    public bool HasSecondPicture => Translucent && Backdrop != ChromaKey.Black;

    /// <summary>How many images its job stores as a service drew them.</summary>
    public int DrawnCount => HasSecondPicture ? SecondPicture.Number : Count;

    /// <summary>The same subject drawn on a plain backdrop, to be cut out afterwards.</summary>
    public ImageRequest WithChromaKey() => this with { Background = ImageBackground.Opaque, Cutout = true, Backdrop = ChromaKey.ChooseFor(Prompt) };

    /// <summary>The same subject drawn on white and on black, for what is see-through.</summary>
    public ImageRequest WithTwoBackdrops() => this with { Background = ImageBackground.Opaque, Cutout = true, Translucent = true, Backdrop = ChromaKey.White };

    /// <summary>What of the canvas is cut away to deliver another shape; null where the canvas is delivered as it is.</summary>
    public DeliveryCrop? Crop => Delivery.ResizeTo is { } size ? DeliveryCrop.Between(Size, size) : null;

    /// <summary>The format the service is asked for: lossless where pixels are processed afterwards.</summary>
    public virtual ImageFormat RenderFormat => Backdrop is null && (Delivery.ResizeTo ?? Size) == Size ? Delivery.Format : ImageFormat.Png;

    /// <summary>The compression the service is asked for, where it is asked for the delivered format.</summary>
    public int? RenderCompression => RenderFormat == Delivery.Format ? Delivery.Compression : null;
}

/// <summary>Make images from a prompt alone.</summary>
public sealed record GenerateRequest : ImageRequest;

/// <summary>What this machine makes itself, for free. No model reads its prompt, which is only recorded.</summary>
public abstract record LocalRequest : ImageRequest;

/// <summary>Remove the background of an image.</summary>
public sealed record BackgroundRemovalRequest : LocalRequest
{
    public required Reference Image { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CutoutMethod Method { get; init; }

    /// <summary>Enclosed areas of a white, grey or black backdrop's own colour are holes, and not parts of the subject. For <see cref="CutoutMethod.Key"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OpenHoles { get; init; }

    public override IReadOnlyList<Reference> Images => [Image];
}

/// <summary>How a subject is told from what is behind it.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CutoutMethod>))]
public enum CutoutMethod
{
    /// <summary>By the colour of the backdrop where that is plain; else by a model, where this machine has one.</summary>
    Auto,

    /// <summary>By the colour of a plain backdrop, on this machine.</summary>
    Key,

    /// <summary>By a model that knows subjects from backgrounds, on this machine.</summary>
    Model,

    /// <summary>By a service, for money.</summary>
    Service,
}
