using System.Buffers.Binary;
using GptImage2.Imaging;

namespace GptImage2.Testing.Images;

/// <summary>What a PNG file says of itself first.</summary>
/// <param name="Depth">Bits of a sample.</param>
/// <param name="ColourType">0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</param>
public sealed record PngHeader(Dimensions Size, int Depth, int ColourType, bool Interlaced)
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Whether every pixel has an alpha of its own.</summary>
    public bool HasAlpha => ColourType is 4 or 6;

    internal int Samples => ColourType switch
    {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };

    /// <summary>Length of all rows, including their filter bytes.</summary>
    internal int RowBytes => checked(PassSizes.Sum(pass => pass.Height * (1 + (pass.Width * Samples * Depth + 7) / 8)));

    /// <summary>An interlaced file sends its pixels in the seven passes of Adam7.</summary>
    private IEnumerable<Dimensions> PassSizes => !Interlaced ? [Size] : Adam7
        .Select(s => (Width: (Size.Width - s.X + s.StepX - 1) / s.StepX, Height: (Size.Height - s.Y + s.StepY - 1) / s.StepY))
        .Where(pass => pass is { Width: > 0, Height: > 0 })
        .Select(pass => new Dimensions(pass.Width, pass.Height));

    internal static PngHeader Read(ReadOnlySpan<byte> data)
    {
        PngFile.Require(data.Length == 13 && data[10] == 0 && data[11] == 0 && data[12] <= 1, "bad IHDR");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        PngFile.Require(width is > 0 and <= 65_535 && height is > 0 and <= 65_535 && width * (ulong)height <= 100_000_000, "an unreasonable size");
        PngFile.Require((data[9], data[8]) is (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16), "no such kind of pixel");
        return new PngHeader(new Dimensions((int)width, (int)height), data[8], data[9], data[12] == 1);
    }
}
