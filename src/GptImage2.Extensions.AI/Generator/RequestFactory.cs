using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using Size = System.Drawing.Size;

namespace GptImage2.Extensions.AI.Generator;

/// <summary>From a call of Microsoft.Extensions.AI to a request of the pipeline, whose own constraints judge it afterwards.</summary>
/// <param name="profile">Of the backend that draws unless it fails.</param>
internal sealed class RequestFactory(ModelProfile profile)
{
    /// <returns>The request, and the tool that a model would have called for it, by which records name what made an image.</returns>
    /// <exception cref="InvalidRequestException">Options contradict each other, or something is no image.</exception>
    public (string Tool, ImageRequest Request) Create(ImageGenerationRequest call, GptImageOptions options)
    {
        var images = ImageArguments.Create(call.OriginalImages, options.Roles);
        Violation[] broken = [.. Check(options, images)];
        if (broken is not [])
        {
            throw new InvalidRequestException(broken);
        }

        var prompt = call.Prompt ?? "";
        return (HasRegion(options), images) switch
        {
            (true, [var first, ..]) => ("inpaint_region", ApplyOptions(CreateInpaint(prompt, first, [.. images.Skip(1)], options), options)),
            (_, []) => ("generate_image", ApplyOptions(new GenerateRequest { Prompt = prompt, Size = ChooseSize(options) }, options)),
            _ => ("edit_with_references", ApplyOptions(CreateEdit(prompt, images, options), options)),
        };
    }

    private static InpaintRequest CreateInpaint(string prompt, Reference image, IReadOnlyList<Reference> others, GptImageOptions options) => new()
    {
        Prompt = prompt,
        // The image decides it, once it has been read.
        Size = SizePreset.Square.Size,
        Image = image with { Role = ReferenceRole.Base },
        Region = [.. options.Region],
        Mask = ImageArguments.CreateMask(options.Mask),
        Invert = options.Invert,
        Feather = options.Feather,
        Outside = options.Outside,
        MatchColours = options.MatchColours,
        References = others,
    };

    private EditRequest CreateEdit(string prompt, IReadOnlyList<Reference> images, GptImageOptions options) => new()
    {
        Prompt = prompt,
        Size = ChooseSize(options),
        SizeFollowsReference = options is { ImageSize: null, ResizeTo: null },
        References = images,
    };

    private ImageRequest ApplyOptions(ImageRequest request, GptImageOptions options)
    {
        var whole = request with
        {
            Count = options.Count ?? 1,
            Quality = options.Quality ?? (profile.Qualities.Contains(ImageQuality.Medium) ? ImageQuality.Medium : profile.Qualities[0]),
            Background = options.Background ?? ImageBackground.Auto,
            Delivery = CreateDelivery(request, options),
        };
        return !IsCutout(options) ? whole
            : options.Translucent ? WithLegalBackground(whole.WithTwoBackdrops())
            : profile.DrawsTransparency ? whole with { Background = ImageBackground.Transparent, Cutout = true }
            : WithLegalBackground(whole.WithChromaKey());
    }

    /// <summary>Where the model cannot be told, the prompt alone asks for the backdrop.</summary>
    private ImageRequest WithLegalBackground(ImageRequest request) =>
        profile.Backgrounds.Contains(request.Background) ? request : request with { Background = ImageBackground.Auto };

    private static bool IsCutout(GptImageOptions options) => options.Cutout || options.Translucent;

    private static Delivery CreateDelivery(ImageRequest request, GptImageOptions options)
    {
        var asked = options.Format ?? FindFormat(options.MediaType) ?? (options.SaveTo is { } path ? SaveToPolicy.FindFormat(path) : null);
        var format = asked ?? ImageFormat.Png;
        return new Delivery
        {
            Format = format,
            FormatFollowsBase = request is EditRequest && asked is null && options is { SaveTo: null, SaveFolder: null },
            Compression = options.Compression,
            ResizeTo = ToDimensions(options.ResizeTo),
            SaveTo = options.SaveTo ?? (options.SaveFolder is { } folder ? Path.Combine(folder, $"{Slug.Create(request.Prompt)}.{format.Extension}") : null),
            Overwrite = options.Overwrite,
        };
    }

    private Dimensions ChooseSize(GptImageOptions options) => profile.Sizes.ChooseSize(ToDimensions(options.ImageSize), ToDimensions(options.ResizeTo));

    private IEnumerable<Violation> Check(GptImageOptions options, IReadOnlyList<Reference> images) => Violation.Collect(
        (options.ModelId is { } model && model != profile.Model,
            new(nameof(options.ModelId), $"to be omitted, or {profile.Model}, because the settings choose the model", Violation.Quote(options.ModelId ?? ""))),
        (options.MediaType is not null && FindFormat(options.MediaType) is null,
            new(nameof(options.MediaType), "one of image/png, image/jpeg, image/webp", Violation.Quote(options.MediaType ?? ""), "image/png")),
        (HasRegion(options) && images is [], new(ImageArguments.OriginalImages, "the image to edit, because there is a mask or a region", "none")),
        (!HasRegion(options) && (options.Invert, options.Feather) is not (null, null), new(nameof(options.Region), "a mask or a region with Invert and Feather", "neither")),
        (HasRegion(options) && (IsCutout(options) || options is not { ImageSize: null, ResizeTo: null, Background: null }),
            new(ImageArguments.Mask, "no ImageSize, ResizeTo, Background and Cutout with a mask or a region, because the image decides them", "one")),
        (IsCutout(options) && options.Background is ImageBackground.Opaque, new(nameof(options.Background), "to be omitted with Cutout", "opaque")),
        (options.Roles.Count > images.Count, new(nameof(options.Roles), "at most one for each of the original images", $"{options.Roles.Count}")),
        (options is { SaveTo: not null, SaveFolder: not null }, new(nameof(options.SaveFolder), "either SaveTo or SaveFolder", "both")));

    private static bool HasRegion(GptImageOptions options) => options is { Mask: not null } or { Region.Count: > 0 };

    private static ImageFormat? FindFormat(string? mediaType) => mediaType?.Trim().ToLowerInvariant() switch
    {
        "image/png" => ImageFormat.Png,
        "image/jpeg" or "image/jpg" => ImageFormat.Jpeg,
        "image/webp" => ImageFormat.Webp,
        _ => null,
    };

    /// <summary>An edge that no image has is judged as the shortest there is.</summary>
    private static Dimensions? ToDimensions(Size? size) => size is { } given ? new Dimensions(Math.Max(1, given.Width), Math.Max(1, given.Height)) : null;
}
