using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch;

/// <summary>What all sketches of one call are drawn from, read once: the request, its palette and its images.</summary>
internal sealed class SketchInputs(ImageRequest request, byte[] hash) : IDisposable
{
    public ImageRequest Request => request;

    public IReadOnlyList<Colour> Palette { get; } = SketchPalette.FromPrompt(request.Prompt);

    /// <summary>A hundredth of the canvas' shorter edge, in pixels.</summary>
    public double Unit => Math.Min(request.Size.Width, request.Size.Height) / 100.0;

    /// <summary>The image to edit, fitted to the canvas: four bytes a pixel. Null where there is none.</summary>
    public byte[]? Canvas { get; private init; }

    /// <summary>What is to change of it; null when all of it may.</summary>
    public SketchRegion? Region { get; private init; }

    /// <summary>The other images.</summary>
    public IReadOnlyList<SketchThumbnail> References { get; private init; } = [];

    public static async Task<SketchInputs> LoadAsync(ImageRequest request, RenderInputs inputs, CancellationToken cancellationToken)
    {
        var canvas = FindCanvasIndex(request, inputs);
        return new SketchInputs(request, await HashAsync(inputs, cancellationToken))
        {
            Canvas = canvas is { } index ? FitToCanvas(inputs.Images[index], request) : null,
            Region = request is InpaintRequest && inputs.Mask is { } mask ? SketchRegion.Read(mask, request.Size) : null,
            References = [.. inputs.Images.Index().Where(image => image.Index != canvas).Select(image => SketchThumbnail.Open(image.Item, image.Index + 1))],
        };
    }

    /// <summary>Random, but the same for the same request, images and number.</summary>
    /// <param name="number">Which of the call's images, from 1; each looks a little different.</param>
    public Random CreateRandom(int number) => CreateSeeded(number, hash);

    /// <summary>The same whatever images come with it: the second picture of two comes with the first.</summary>
    /// <inheritdoc cref="CreateRandom"/>
    public Random CreateRandomOfPrompt(int number) => CreateSeeded(number, []);

    public void Dispose()
    {
        foreach (var reference in References)
        {
            reference.Dispose();
        }
    }

    private Random CreateSeeded(int number, byte[] more)
    {
        byte[] seed = Encoding.UTF8.GetBytes($"{request.Size}|{request.Quality}|{number}|{request.Prompt}");
        return new Random(BitConverter.ToInt32(SHA256.HashData([.. seed, .. more])));
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

    private static async Task<byte[]> HashAsync(RenderInputs inputs, CancellationToken cancellationToken)
    {
        var hashes = new List<byte>();
        foreach (var input in inputs.Mask is { } mask ? [.. inputs.Images, mask] : inputs.Images)
        {
            await using var bytes = input.Image.OpenRead();
            hashes.AddRange(await SHA256.HashDataAsync(bytes, cancellationToken));
        }

        return [.. hashes];
    }
}
