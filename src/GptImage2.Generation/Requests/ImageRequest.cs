using System.Text.Json.Serialization;
using GptImage2.Generation.Models;
using GptImage2.Imaging;

namespace GptImage2.Generation.Requests;

/// <summary>Everything a caller may ask for, before any constraint has looked at it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GenerateRequest), "text")]
[JsonDerivedType(typeof(EditRequest), "edit")]
[JsonDerivedType(typeof(InpaintRequest), "inpaint")]
[JsonDerivedType(typeof(BackgroundRemovalRequest), "cutout")]
public abstract record ImageRequest
{
    /// <summary>The caller's own words.</summary>
    public required string Prompt { get; init; }

    /// <summary>The canvas the model draws on, in pixels.</summary>
    public required Dimensions Size { get; init; }

    /// <summary>How many pictures.</summary>
    public int Count { get; init; } = 1;

    public ImageQuality Quality { get; init; } = ImageQuality.Medium;

    public ImageBackground Background { get; init; } = ImageBackground.Auto;

    /// <summary>Deliver the subject alone, on a transparent ground.</summary>
    public bool Cutout { get; init; }

    /// <summary>The plain colour the model is told to draw on because it cannot leave the ground out by itself; null where it can, or need not.</summary>
    public ChromaKey? Backdrop { get; init; }

    public Delivery Delivery { get; init; } = new();

    /// <summary>The pictures that go with the words, in the order in which the prompt numbers them.</summary>
    public virtual IReadOnlyList<Reference> Images => [];

    /// <summary>The words the service gets.</summary>
    public virtual string PromptAsSent => PromptComposer.Compose(this);

    /// <summary>The same subject by another way: on a plain backdrop, to be cut out afterwards.</summary>
    public ImageRequest WithChromaKey() => this with { Background = ImageBackground.Opaque, Cutout = true, Backdrop = ChromaKey.ChooseFor(Prompt) };

    /// <summary>The format the service is asked for: without loss where pixels are worked on afterwards.</summary>
    public virtual ImageFormat RenderFormat => Backdrop is null ? Delivery.Format : ImageFormat.Png;

    /// <summary>The compression the service is asked for, where it is asked for the delivered format.</summary>
    public int? RenderCompression => RenderFormat == Delivery.Format ? Delivery.Compression : null;
}

/// <summary>Make images from words alone.</summary>
public sealed record GenerateRequest : ImageRequest;
