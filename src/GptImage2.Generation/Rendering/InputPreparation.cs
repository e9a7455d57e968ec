using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Rendering;

/// <summary>Makes of the caller's pictures what a service takes: its formats, upright, sRGB, no larger than it looks at.</summary>
public sealed class InputPreparation(InputStore folder)
{
    private const string MaskCaption = "mask";

    /// <param name="inputs">The request's pictures in order, kept.</param>
    /// <param name="region">How the first of them is edited in part, or null.</param>
    public async Task<RenderInputs> PrepareAsync(InputRules rules, IReadOnlyList<InputImage> inputs, RegionPlan? region, CancellationToken cancellationToken)
    {
        var images = new List<RenderInputImage>();
        foreach (var (input, index) in inputs.Select((input, index) => (input, index)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            images.Add(region is not null && index is 0
                ? await WriteCropAsync(input, region, cancellationToken)
                : await PrepareImageAsync(rules, input, cancellationToken));
        }

        return new RenderInputs(images, region is null ? null : await WriteMaskAsync(region, cancellationToken));
    }

    private async Task<RenderInputImage> WriteCropAsync(InputImage input, RegionPlan region, CancellationToken cancellationToken)
    {
        using var crop = CanvasCrop.Extract(folder.Open(input.Stored!), region.Placement);
        return await WriteAsync(crop, new SaveOptions { Format = ImageFormat.Png, KeepProfile = false }, ReferenceRole.Base.Name, cancellationToken);
    }

    private async Task<RenderInputImage> WriteMaskAsync(RegionPlan region, CancellationToken cancellationToken)
    {
        var stored = await folder.WriteAsync(png => CanvasCrop.WriteMask(region.Mask, region.Placement, png), cancellationToken);
        return ToRenderInput(stored, MaskCaption);
    }

    private async Task<RenderInputImage> PrepareImageAsync(InputRules rules, InputImage input, CancellationToken cancellationToken)
    {
        var (image, caption) = (folder.Open(input.Stored!), input.Reference.Role.Name);
        var size = input.Reference.FullSize ? input.Header.Size : rules.EffectiveSize(input.Header.Size);
        if (rules.AcceptsAnyImage || (size == input.Header.Size && CanSendUnchanged(rules, input)))
        {
            return ToRenderInput(input.Stored!, caption);
        }

        using var sized = Image.OpenThumbnail(image, Math.Max(size.Width, size.Height));
        using var drawn = sized.CopyToMemory();
        var lossless = await WriteAsync(drawn, new SaveOptions { Format = ImageFormat.Png, KeepProfile = false }, caption, cancellationToken);
        return lossless.Image.Length < rules.MaxBytes
            ? lossless
            : await WriteAsync(drawn, new SaveOptions { Format = ImageFormat.Jpeg, Quality = 92, KeepProfile = false }, caption, cancellationToken);
    }

    /// <summary>Whether the bytes can go as they are: services refuse palettes, other depths and colour spaces, and ignore profiles and orientation.</summary>
    private static bool CanSendUnchanged(InputRules rules, InputImage input) =>
        rules.Formats.Contains(input.Header.Format)
        && input.Header is { Orientation: 1, Frames: 1, BitsPerChannel: 8, ColourSpace: ColourSpace.Rgb, HasProfile: false, HasPalette: false }
        && input.Stored!.Bytes < rules.MaxBytes;

    private async Task<RenderInputImage> WriteAsync(Image picture, SaveOptions options, string caption, CancellationToken cancellationToken) =>
        ToRenderInput(await folder.WriteAsync(stream => picture.Save(stream, options), cancellationToken), caption);

    private RenderInputImage ToRenderInput(StoredInput stored, string caption) => new(folder.Open(stored), stored.Format, stored.Size, caption);
}
