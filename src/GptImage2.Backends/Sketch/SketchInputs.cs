using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch;

/// <summary>What all sketches of one call are drawn from, read once.</summary>
internal sealed class SketchInputs(ImageRequest request, RenderInputs inputs) : IDisposable
{
    /// <summary>A real model that is asked to keep an image changes every pixel a little; so each does here, by 1 to 5 levels of 255.</summary>
    private const int MaxTouch = 5;

    private readonly byte[]? _pixels = FindCanvasIndex(request, inputs) is { } index ? FitToCanvas(inputs.Images[index], request) : null;

    public ImageRequest Request => request;

    public SketchScene Scene { get; } = new(request.Prompt, request.Images.Any(image => image.Role is ReferenceRole.Identity));

    /// <summary>What of the image to edit is to change; null when all of it may.</summary>
    public SketchRegion? Region { get; } = request is InpaintRequest && inputs.Mask is { } mask ? SketchRegion.Read(mask, request.Size) : null;

    /// <summary>The other images; in front of a backdrop only their names, because their colours could be its own.</summary>
    public IReadOnlyList<SketchChip> Chips { get; } = request.Translucent ? [] : [.. inputs.Images.Index()
        .Where(image => image.Index != FindCanvasIndex(request, inputs))
        .Select(image => SketchChip.Open(image.Item, request.Images.ElementAtOrDefault(image.Index), image.Index + 1, request.Backdrop is null))];

    /// <summary>The image to edit, fitted to the canvas and touched up; null where there is none.</summary>
    /// <param name="number">Which of the call's images, from 1.</param>
    public SketchCanvas? CopyCanvas(int number)
    {
        var touch = 1 + (number % MaxTouch);
        return _pixels is null ? null : new SketchCanvas(request.Size, [.. _pixels.Select((value, at) => at % 4 is 3 ? value : (byte)(value < 128 ? value + touch : value - touch))]);
    }

    public void Dispose()
    {
        foreach (var chip in Chips)
        {
            chip.Dispose();
        }
    }

    private static int? FindCanvasIndex(ImageRequest request, RenderInputs inputs) => request switch
    {
        InpaintRequest when inputs.Images.Count > 0 => 0,
        { Backdrop: not null } => null,
        EditRequest { BaseIndex: { } index } when index < inputs.Images.Count => index,
        _ => null,
    };

    /// <summary>The image's transparency is kept only where the result may be transparent.</summary>
    private static byte[] FitToCanvas(RenderInputImage image, ImageRequest request)
    {
        using var opened = Image.Open(image.Image, access: PixelAccess.Sequential);
        using var fitted = opened.ResizeToCover(request.Size);
        using var shown = request is InpaintRequest || request.Background is ImageBackground.Transparent ? fitted.ToSrgb8() : fitted.Flatten(Colour.White);
        return shown.ToRgbaBytes();
    }
}
