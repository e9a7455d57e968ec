using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;

namespace GptImage2.Faults.Inputs;

/// <summary>An image's file with something wrong in it, the same for the same number.</summary>
/// <param name="Original">The file before.</param>
/// <param name="Format">The kind of file.</param>
/// <param name="Kind">What was done to it.</param>
/// <param name="Bytes">The file after.</param>
internal sealed record DamagedImage(byte[] Original, string Format, string Kind, byte[] Bytes)
{
    private const int Head = 96;
    private static readonly string[] Formats = ["png", "jpeg", "webp", "gif", "tiff", "heif"];
    private static readonly string[] Kinds = ["cut", "cut late", "flipped", "flipped header", "lying header", "overwritten"];

    /// <summary>These formats have no checksums, so a changed pixel is as good as any other; a missing end always shows.</summary>
    public bool IsUndetectable => Format is not ("png" or "heif") && Kind is not ("cut" or "cut late");

    public static DamagedImage[] CreateMany(int count, string folder)
    {
        var originals = Formats.ToDictionary(format => format, format => Draw(format, Path.Combine(folder, "original." + format)));
        return [.. Enumerable.Range(0, count).Select(number => Create(number, originals))];
    }

    private static DamagedImage Create(int number, Dictionary<string, byte[]> originals)
    {
        var format = Formats[number % Formats.Length];
        var kind = Kinds[number / Formats.Length % Kinds.Length];
        return new DamagedImage(originals[format], format, kind, Corrupt(kind, originals[format], new Random(number)));
    }

    private static byte[] Corrupt(string kind, byte[] original, Random random)
    {
        var bytes = original.ToArray();
        var head = Math.Min(Head, bytes.Length);
        switch (kind)
        {
            case "cut":
                return bytes[..random.Next(1, bytes.Length * 9 / 10)];
            case "cut late":
                return bytes[..^random.Next(20, bytes.Length / 10)];
            case "flipped":
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case "flipped header":
                bytes[random.Next(head)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case "lying header":
                bytes.AsSpan(random.Next(head - 4), 4).Fill((byte)(random.Next(2) * 255));
                return bytes;
            default:
                random.NextBytes(bytes.AsSpan(random.Next(bytes.Length - 40), 40));
                return bytes;
        }
    }

    private static byte[] Draw(string format, string path)
    {
        const int Width = 160;
        const int Height = 120;
        var pixels = new byte[Width * Height * 4];
        var random = new Random(1);
        for (var i = 0; i < pixels.Length; i += 4)
        {
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = ((byte)(i / 4 % Width), (byte)(i / 4 / Width * 2), (byte)random.Next(40), 255);
        }

        using var image = Image.FromPixels(new Dimensions(Width, Height), pixels);
        using var opaque = image.Flatten(Colour.White);
        var save = new VipsOperation(format + "save").With("in", opaque.Native).With("filename", path);
        (format switch { "heif" => save.WithEnum("compression", "av1"), "tiff" => save.WithEnum("compression", "lzw"), _ => save }).Run();
        return File.ReadAllBytes(path);
    }
}
