using System.Security.Cryptography;
using System.Text;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;

namespace GptImage2.Backends.Sketch;

/// <summary>Composes one sketch: a ground of soft colour, a few shapes, the prompt on a card, and what it is.</summary>
internal static class SketchPicture
{
    private const int LongestPrompt = 360;

    private static readonly Colour Ink = new(34, 36, 44);

    /// <param name="number">Which of the call's pictures, from 1; each looks a little different.</param>
    public static Picture Draw(ImageRequest request, int number)
    {
        var random = new Random(Seed(request, number));
        var palette = SketchPalette.Of(request.Prompt);
        var unit = Math.Min(request.Size.Width, request.Size.Height) / 100.0;

        using var ground = Ground(request.Size, palette, random);
        using var shapes = SketchShapes.Add(ground, palette, unit, random);
        using var framed = request.Background is ImageBackground.Transparent ? Cut(shapes, unit) : shapes.Flatten(Colour.White);
        using var card = Card(framed, request.Prompt, unit);
        return Labels(card, request, number, unit);
    }

    /// <summary>A handful of colours, blown up until they melt into each other.</summary>
    private static Picture Ground(Dimensions size, IReadOnlyList<Colour> palette, Random random)
    {
        var cells = new Dimensions(4, 3);
        var pixels = new byte[cells.Width * cells.Height * 4];
        for (var cell = 0; cell < pixels.Length / 4; cell++)
        {
            var colour = palette[random.Next(palette.Count)];
            var light = 0.85 + (random.NextDouble() * 0.3);
            pixels[cell * 4] = Lit(colour.Red, light);
            pixels[(cell * 4) + 1] = Lit(colour.Green, light);
            pixels[(cell * 4) + 2] = Lit(colour.Blue, light);
            pixels[(cell * 4) + 3] = 255;
        }

        using var small = Picture.FromPixels(cells, pixels);
        return small.Resize(size);
    }

    /// <summary>Leaves a margin that one can see through.</summary>
    private static Picture Cut(Picture picture, double unit)
    {
        var margin = (int)(6 * unit);
        using var inner = picture.Crop(margin, margin, new(picture.Size.Width - (2 * margin), picture.Size.Height - (2 * margin)));
        using var rounded = inner.Rounded(6 * unit);
        return rounded.Place(margin, margin, picture.Size);
    }

    private static Picture Card(Picture below, string prompt, double unit)
    {
        var (width, height) = (below.Size.Width, below.Size.Height);
        var (margin, padding) = ((int)(9 * unit), (int)(4 * unit));
        using var text = Picture.Text(Shorten(prompt), new TextStyle
        {
            Size = Math.Max(11, (int)(4.2 * unit)),
            Colour = Ink,
            MaxWidth = width - (2 * margin) - (2 * padding),
            MaxHeight = (int)(height * 0.42),
        });

        var size = new Dimensions(width - (2 * margin), text.Size.Height + (2 * padding));
        using var paper = Picture.Solid(size, Colour.White);
        using var card = paper.Rounded(2.5 * unit);
        using var sheer = card.Opacity(0.86);
        var top = height - margin - size.Height;
        using var laid = below.Overlay(sheer, margin, top);
        return laid.Overlay(text, margin + padding, top + padding);
    }

    /// <summary>On the right, because contact sheets number their pictures on the left.</summary>
    private static Picture Labels(Picture below, ImageRequest request, int number, double unit)
    {
        var margin = (int)(9 * unit);
        var style = new TextStyle { Size = Math.Max(11, (int)(3.6 * unit)), Colour = Colour.White, Bold = true };
        using var word = Pill("SKETCH", style, unit);
        using var named = below.Overlay(word, below.Size.Width - margin - word.Size.Width, margin);

        var facts = $"{request.Size}  {request.Quality.Name}{(request.Count > 1 ? $"  {number} of {request.Count}" : "")}";
        using var plain = Pill(facts, style with { Bold = false }, unit);
        return named.Overlay(plain, below.Size.Width - margin - plain.Size.Width, margin + word.Size.Height + (int)(1.5 * unit));
    }

    private static Picture Pill(string words, TextStyle style, double unit)
    {
        using var text = Picture.Text(words, style);
        var size = new Dimensions(text.Size.Width + (int)(4.8 * unit), (int)(style.Size * 1.75));
        using var plate = Picture.Solid(size, Ink);
        using var round = plate.Rounded(size.Height / 2.0);
        using var sheer = round.Opacity(0.8);
        return sheer.Overlay(text, (size.Width - text.Size.Width) / 2, (size.Height - text.Size.Height) / 2);
    }

    private static byte Lit(byte channel, double light) => (byte)Math.Clamp(channel * light, 0, 255);

    private static string Shorten(string prompt) => prompt.Trim() is { Length: > LongestPrompt } text
        ? string.Concat(text.EnumerateRunes().Take(LongestPrompt).Select(rune => rune.ToString())) + "…"
        : prompt.Trim();

    private static int Seed(ImageRequest request, int number) =>
        BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Size}|{request.Quality}|{number}|{request.Prompt}")));
}
