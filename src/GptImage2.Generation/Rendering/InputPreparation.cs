using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Rendering;

/// <summary>Converts the caller's images to what a service accepts: its formats, upright, sRGB, no larger than it looks at.</summary>
public sealed class InputPreparation(IInputStore inputStore)
{
    /// <summary>What is left of a mat is cut off, so only its brightness matters: it should distract the model as little as possible.</summary>
    private static readonly Colour MatColour = new(0x80, 0x80, 0x80);

    /// <param name="inputs">The request's images in order, stored.</param>
    /// <param name="region">How a region of the first image is edited, or null.</param>
    /// <exception cref="ImageException">An image is damaged somewhere, even where it is not sent: the rest would be needed when all is paid for.</exception>
    public async Task<RenderInputs> PrepareAsync(
        InputRules rules, ImageRequest request, IReadOnlyList<InputImage> inputs, RegionPlan? region, CancellationToken cancellationToken)
    {
        var onMat = request is EditRequest { NeedsMat: true, BaseIndex: var index } ? index : null;
        var images = new List<RenderInputImage>();
        foreach (var (number, input) in inputs.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                images.Add(region is not null && number is 0 ? await WriteCropAsync(input, region, request.Backdrop?.Colour, cancellationToken)
                    : number == onMat ? await WriteOnMatAsync(input, rules.EffectiveSize(request.Size), cancellationToken)
                    : await PrepareImageAsync(rules, input, cancellationToken));
            }
            catch (UnreadableImageException unreadable)
            {
                throw InputImageErrors.Unreadable(input.Reference.Argument, unreadable);
            }
        }

        return new RenderInputs(images, region is null ? null : ToRenderInput(
            await inputStore.WriteAsync(png => CanvasCrop.WriteMask(region.Mask, region.Placement, png, rules.MaxMaskBytes), cancellationToken), "mask"));
    }

    private async Task<RenderInputImage> WriteCropAsync(InputImage input, RegionPlan region, Colour? backdrop, CancellationToken cancellationToken)
    {
        Image.ThrowIfDamaged(inputStore.Open(input.Stored!));
        using var crop = CanvasCrop.Extract(inputStore.Open(input.Stored!), region.Placement, backdrop);
        return await WriteAsync(crop, new SaveOptions { Format = ImageFormat.Png, KeepProfile = false }, ReferenceRole.Base.Name, cancellationToken);
    }

    /// <summary>The whole image in the middle of the canvas, where the result will be cropped.</summary>
    private async Task<RenderInputImage> WriteOnMatAsync(InputImage input, Dimensions canvas, CancellationToken cancellationToken)
    {
        var scale = Math.Min((double)canvas.Width / input.Header.Size.Width, (double)canvas.Height / input.Header.Size.Height);
        var size = new Dimensions(
            Math.Max(1, (int)Math.Round(input.Header.Size.Width * scale)),
            Math.Max(1, (int)Math.Round(input.Header.Size.Height * scale)));
        using var whole = Image.Open(inputStore.Open(input.Stored!));
        using var colours = whole.ToSrgb8();
        using var scaled = colours.Resize(size);
        using var blank = Image.FromColour(canvas, MatColour);
        using var opaque = blank.Flatten(MatColour);
        using var mat = (scaled.HasAlpha ? blank : opaque).Insert(scaled, (canvas.Width - size.Width) / 2, (canvas.Height - size.Height) / 2);
        return await WriteAsync(mat, new SaveOptions { Format = ImageFormat.Png, KeepProfile = false }, ReferenceRole.Base.Name, cancellationToken);
    }

    private async Task<RenderInputImage> PrepareImageAsync(InputRules rules, InputImage input, CancellationToken cancellationToken)
    {
        var (image, caption) = (inputStore.Open(input.Stored!), input.Reference.Role.Name);
        var size = input.Reference.FullSize ? input.Header.Size : rules.EffectiveSize(input.Header.Size);
        if (rules.AcceptsAnyImage || (size == input.Header.Size && CanSendUnchanged(rules, input)))
        {
            Image.ThrowIfDamaged(image);
            return ToRenderInput(input.Stored!, caption);
        }

        using var sized = Image.OpenThumbnail(image, Math.Max(size.Width, size.Height));
        using var pixels = sized.CopyToMemory();
        var lossless = await WriteAsync(pixels, new SaveOptions { Format = ImageFormat.Png, KeepProfile = false }, caption, cancellationToken);
        return lossless.Image.Length < rules.MaxBytes
            ? lossless
            : await WriteAsync(pixels, new SaveOptions { Format = ImageFormat.Jpeg, Quality = 92, KeepProfile = false }, caption, cancellationToken);
    }

    /// <summary>Whether the bytes can go as they are: services reject palettes, other depths and colour spaces, and ignore profiles and orientation.</summary>
    private static bool CanSendUnchanged(InputRules rules, InputImage input) =>
        rules.Formats.Contains(input.Header.Format)
        && input.Header is { Orientation: 1, Frames: 1, BitsPerChannel: 8, ColourSpace: ColourSpace.Rgb, HasProfile: false, HasPalette: false }
        && input.Stored!.Bytes < rules.MaxBytes;

    private async Task<RenderInputImage> WriteAsync(Image image, SaveOptions options, string caption, CancellationToken cancellationToken) =>
        ToRenderInput(await inputStore.WriteAsync(stream => image.Save(stream, options), cancellationToken), caption);

    private RenderInputImage ToRenderInput(StoredFile stored, string caption) => new(inputStore.Open(stored), stored.Format, stored.Size, caption, stored.Sha256);
}
