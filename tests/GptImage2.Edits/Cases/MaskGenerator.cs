using GptImage2.Imaging;

namespace GptImage2.Edits.Cases;

/// <summary>Draws what shapes cover as a mask, in the forms in which people have them.</summary>
internal sealed class MaskGenerator(Random random)
{
    private static readonly InputKind Alpha = Kind("png rgba");
    private static readonly InputKind[] BlackAndWhite = [Kind("png grey"), Kind("png two colours"), Kind("tiff"), Kind("jpeg grey"), Kind("webp lossless"), Kind("jpeg whole chroma")];

    /// <param name="shapes">In pixels of the image.</param>
    /// <returns>The mask, and which pixels of the image it means.</returns>
    public (MaskFile File, ExpectedRegion Marked, bool IsAlpha) Make(Dimensions image, IReadOnlyList<ExpectedShape> shapes)
    {
        var kind = random.Next(2) is 0 ? Alpha : BlackAndWhite[random.Next(BlackAndWhite.Length)];
        var times = random.Next(4) switch { 0 when image.PixelCount < 1_000_000 => 2, 1 when image.Width % 2 + image.Height % 2 is 0 && image.Width > 60 && image.Height > 60 => 0.5, _ => 1 };
        var size = new Dimensions((int)(image.Width * times), (int)(image.Height * times));
        var drawn = ExpectedRegion.Create(size, [.. shapes.Select(shape => Scaled(shape, times))], invert: false);
        var certain = drawn with { Marks = [.. drawn.Marks.Select(mark => (byte)(mark & 1))] };
        var bytes = TestImageEncoder.Encode(new Raster(size, kind.Bands, 8, Samples(certain, kind)), kind, null, 1);
        var blurred = times is not 1 || kind.Format is ImageFormat.Jpeg;
        var name = $"mask-{kind.Name.Replace(' ', '-')}.{kind.Format.Extension}";
        return (new MaskFile(name, size, bytes), blurred ? ResampleToImage(certain, image, times) : certain, kind == Alpha);
    }

    private static InputKind Kind(string name) => InputKind.All.Single(kind => kind.Name == name);

    private static ExpectedShape Scaled(ExpectedShape shape, double times) => shape switch
    {
        ExpectedShape.Rectangle box => new ExpectedShape.Rectangle(box.Left * times, box.Top * times, box.Right * times, box.Bottom * times),
        ExpectedShape.Ellipse box => new ExpectedShape.Ellipse(box.Left * times, box.Top * times, box.Right * times, box.Bottom * times),
        _ => new ExpectedShape.Polygon([.. ((ExpectedShape.Polygon)shape).Corners.Select(corner => (corner.X * times, corner.Y * times))]),
    };

    private byte[] Samples(ExpectedRegion area, InputKind kind)
    {
        var samples = new byte[area.Marks.Length * kind.Bands];
        for (var i = 0; i < area.Marks.Length; i++)
        {
            var pixel = samples.AsSpan(i * kind.Bands, kind.Bands);
            if (kind.HasAlpha)
            {
                random.NextBytes(pixel);
                pixel[^1] = (byte)(area.Marks[i] is 0 ? 255 : 0);
            }
            else
            {
                pixel.Fill((byte)(area.Marks[i] is 0 ? 0 : 255));
            }
        }

        return samples;
    }

    /// <summary>At the image's size, certain only where the mask says the same all around.</summary>
    private static ExpectedRegion ResampleToImage(ExpectedRegion mask, Dimensions image, double times)
    {
        const double around = 4;
        var seen = new ExpectedRegion(image, new byte[image.PixelCount]);
        for (var y = 0; y < image.Height; y++)
        {
            var (top, bottom) = GetSourceRange(y, times, around, mask.Size.Height);
            if (!mask.Marks.AsSpan(top * mask.Size.Width, (bottom - top) * mask.Size.Width).Contains((byte)1))
            {
                continue;
            }

            for (var x = 0; x < image.Width; x++)
            {
                var (left, right) = GetSourceRange(x, times, around, mask.Size.Width);
                var first = mask[left, top];
                for (var row = top; row < bottom && first is not 2; row++)
                {
                    first = mask.Marks.AsSpan((row * mask.Size.Width) + left, right - left).ContainsAnyExcept(first) ? (byte)2 : first;
                }

                seen.Marks[(y * image.Width) + x] = first;
            }
        }

        return seen;
    }

    private static (int First, int End) GetSourceRange(int at, double times, double around, int length) =>
        (Math.Clamp((int)((at * times) - around), 0, length - 1), Math.Clamp((int)(((at + 1) * times) + around), 1, length));
}
