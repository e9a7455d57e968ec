using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.Sketch;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Rendering;

namespace GptImage2.Backends.Tests.Sketch;

/// <summary>Sketches of whatever is asked for, and the images to ask with.</summary>
internal static class SketchHost
{
    private static readonly RequestValidator NoRules = new([]);

    private static readonly SaveOptions Png = new() { Format = ImageFormat.Png };

    public static async Task<IReadOnlyList<byte[]>> DrawAsync(ImageRequest request, RenderInputs inputs, SketchOptions? options = null)
    {
        var backend = new SketchBackend(OpenAIModels.Resolve(OpenAIModels.Default), options ?? new SketchOptions(), TimeProvider.System);
        var sink = new InMemoryRenderSink();
        await backend.RenderAsync(NoRules.Validate<ImageRequest>(request, backend.Profile), inputs, sink, TestContext.Current.CancellationToken);
        return sink.Images;
    }

    /// <summary>A smooth image, so that every change of it is the sketch's.</summary>
    public static RenderInputImage Photograph(int width, int height, string caption = "base", int light = 0)
    {
        var pixels = new byte[width * height * 4];
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            pixels[pixel * 4] = (byte)(pixel % width * 255 / width);
            pixels[(pixel * 4) + 1] = (byte)(pixel / width * 255 / height);
            pixels[(pixel * 4) + 2] = (byte)light;
            pixels[(pixel * 4) + 3] = 255;
        }

        return Encoded(pixels, new Dimensions(width, height), caption);
    }

    /// <param name="changes">Whether the pixel at x and y is to change.</param>
    public static RenderInputImage Mask(int width, int height, Func<int, int, bool> changes)
    {
        var pixels = new byte[width * height * 4];
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            pixels[(pixel * 4) + 3] = (byte)(changes(pixel % width, pixel / width) ? 0 : 255);
        }

        return Encoded(pixels, new Dimensions(width, height), "mask");
    }

    public static byte[] Pixels(EncodedImage image)
    {
        using var picture = Image.Open(image);
        return picture.ToRgbaBytes();
    }

    public static byte[] Pixels(byte[] encoded) => Pixels(EncodedImage.FromMemory(encoded));

    public static Dimensions SizeOf(byte[] encoded) => ImageHeader.Read(EncodedImage.FromMemory(encoded)).Size;

    /// <summary>How far apart two pixels are, by the channel that differs least and by the one that differs most.</summary>
    public static (int Least, int Most) ChannelDifference(byte[] one, byte[] other, int pixel)
    {
        int[] differences = [.. Enumerable.Range(pixel * 4, 3).Select(at => Math.Abs(one[at] - other[at]))];
        return (differences.Min(), differences.Max());
    }

    public static Reference CreateReference(string caption) => new() { Image = "any", Role = Enum.Parse<ReferenceRole>(caption, ignoreCase: true), Argument = "references[0].image" };

    private static RenderInputImage Encoded(byte[] pixels, Dimensions size, string caption)
    {
        using var picture = Image.FromPixels(size, pixels);
        return new RenderInputImage(EncodedImage.FromMemory(picture.Encode(Png)), ImageFormat.Png, size, caption);
    }
}
