using System.Drawing;
using GptImage2.Extensions.AI.Backend;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Extensions.AI.Generator;

/// <summary>
/// Everything that can be asked of our generator. Of the options it inherits it uses <c>Count</c>, <c>ImageSize</c> (the canvas),
/// <c>MediaType</c>, <c>ModelId</c> (refused where another model is configured) and <c>ResponseFormat</c>.
/// </summary>
public class GptImageOptions : ImageGenerationOptions
{
    public GptImageOptions()
    {
    }

    /// <summary>Copies everything; lists are copied, their elements are not.</summary>
    protected GptImageOptions(GptImageOptions? other)
        : base(other)
    {
        if (other is null)
        {
            return;
        }

        StreamingCount = other.StreamingCount;
        Mask = other.Mask;
        Region = [.. other.Region];
        Invert = other.Invert;
        Feather = other.Feather;
        Outside = other.Outside;
        MatchColours = other.MatchColours;
        Roles = [.. other.Roles];
        Quality = other.Quality;
        Background = other.Background;
        Cutout = other.Cutout;
        Translucent = other.Translucent;
        Format = other.Format;
        Compression = other.Compression;
        ResizeTo = other.ResizeTo;
        SaveTo = other.SaveTo;
        SaveFolder = other.SaveFolder;
        Overwrite = other.Overwrite;
        Owner = other.Owner;
        Fresh = other.Fresh;
        Progress = other.Progress;
    }

    /// <summary>Options of another type, with what they say under <see cref="ImageOptionNames"/>.</summary>
    /// <exception cref="InvalidRequestException">One of those has a value that means nothing.</exception>
    private GptImageOptions(ImageGenerationOptions other)
        : base(other)
    {
        var named = new NamedOptions(other.AdditionalProperties);
        StreamingCount = other.StreamingCount;
        Mask = named.Find<AIContent>(ImageOptionNames.Mask, "a DataContent with an image");
        Quality = named.FindEnum<ImageQuality>(ImageOptionNames.Quality);
        Background = named.FindEnum<ImageBackground>(ImageOptionNames.Background);
        Compression = named.Find<int?>(ImageOptionNames.Compression, "a whole number");
    }

    /// <summary>
    /// Which pixels of the first image may change: an image of its shape, transparent (or, without alpha, white) where they may. Every
    /// other pixel stays as it is. Null for <see cref="Region"/>, or for an edit of the whole image.
    /// </summary>
    public AIContent? Mask { get; set; }

    /// <summary>The same as shapes, which are united.</summary>
    public IList<RegionShapeInput> Region { get; set; } = [];

    /// <summary>Change everything but the region.</summary>
    public bool? Invert { get; set; }

    /// <summary>Pixels over which the change fades in, inside the region; null for a fitting width.</summary>
    public int? Feather { get; set; }

    /// <summary>Whose the pixels outside the region are.</summary>
    public OutsidePixels Outside { get; set; } = OutsidePixels.Keep;

    /// <summary>Whether the model's colours are brought back to the image's, as far as the surroundings of the region tell them; with the model's outside they never are.</summary>
    public bool MatchColours { get; set; } = true;

    /// <summary>
    /// What each of the original images is for, in their order. Without one the first is <see cref="ReferenceRole.Base"/>, the image to edit,
    /// and every other a <see cref="ReferenceRole.Object"/> to show.
    /// </summary>
    public IList<ReferenceRole> Roles { get; set; } = [];

    /// <summary>Null for medium, or where the model has no such choice for its own.</summary>
    public ImageQuality? Quality { get; set; }

    public ImageBackground? Background { get; set; }

    /// <summary>Deliver the subject alone, on a transparent background.</summary>
    public bool Cutout { get; set; }

    /// <summary>The same for glass, smoke and glow, solved exactly from two pictures, on white and on black; both are billed. Implies <see cref="Cutout"/>.</summary>
    public bool Translucent { get; set; }

    /// <summary>PNG, JPEG or WebP; null for what <c>MediaType</c> or the extension of <see cref="SaveTo"/> says, else the format of the image that is edited, or PNG.</summary>
    public ImageFormat? Format { get; set; }

    /// <summary>0 (smallest) to 100 (best), for JPEG and WebP; null leaves it to the service.</summary>
    public int? Compression { get; set; }

    /// <summary>Deliver exactly these pixels, cropped to cover, whatever the canvas.</summary>
    public Size? ResizeTo { get; set; }

    /// <summary>The path of a file to write an additional copy to, below the folders that <c>GptImageSettings.Roots</c> allow.</summary>
    public string? SaveTo { get; set; }

    /// <summary>The same as a folder, in which the copy is named after the prompt.</summary>
    public string? SaveFolder { get; set; }

    /// <summary>Whether that copy may replace a file; else it gets another name.</summary>
    public bool Overwrite { get; set; }

    /// <summary>Whose the images and the spending are, in a program with several users; null for the one user of this machine.</summary>
    public string? Owner { get; set; }

    /// <summary>
    /// Make new images although the same request is being made, or was made and not collected because its caller gave up. Otherwise the call
    /// joins that one, and both get the same images for one price.
    /// </summary>
    public bool Fresh { get; set; }

    /// <summary>Receives the job at once, at every change, and every few seconds.</summary>
    public IProgress<JobSnapshot>? Progress { get; set; }

    public override ImageGenerationOptions Clone() => new GptImageOptions(this);

    /// <exception cref="InvalidRequestException">One of the names in its additional properties has a value that means nothing.</exception>
    internal static GptImageOptions From(ImageGenerationOptions? options) => options switch
    {
        null => new GptImageOptions(),
        GptImageOptions own => own,
        _ => new GptImageOptions(options),
    };
}
