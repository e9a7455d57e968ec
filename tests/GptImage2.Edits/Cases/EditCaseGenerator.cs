using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Edits.Cases;

/// <summary>Makes edits of all kinds. The same number always makes the same.</summary>
internal static class EditCaseGenerator
{
    public const int Seed = 20261122;
    public const int Count = 500;

    /// <summary>The first cases; those after them are small to middling.</summary>
    private static readonly (Dimensions Size, string Kind)[] Large =
    [
        (new(5000, 200), "png rgb 16"), (new(6000, 4000), "tiff cmyk"), (new(6000, 4000), "jpeg"), (new(200, 5000), "webp"),
        (new(5003, 201), "jpeg"), (new(5000, 200), "tiff grey alpha"), (new(3000, 4000), "jpeg low"), (new(4032, 3024), "png rgb"),
        (new(1600, 1200), "png palette"), (new(1411, 2311), "png interlaced"), (new(1920, 1080), "png rgba"), (new(6000, 700), "tiff tiled"),
        (new(999, 3999), "tiff 16"), (new(6000, 300), "gif"), (new(1700, 900), "webp lossless alpha"), (new(2560, 1440), "jpeg progressive"),
    ];

    private static readonly Dimensions[] Odd = [new(17, 33), new(33, 17), new(17, 17), new(1024, 768), new(1600, 17), new(640, 480), new(811, 809), new(1000, 300)];

    /// <summary>What a change needs to hear of: two small cases of every kind of file, and every fourth large one.</summary>
    public static IEnumerable<int> Sample =>
    [
        .. Enumerable.Range(0, Large.Length).Where(number => number % 4 is 0),
        .. Enumerable.Range(Large.Length, Count - Large.Length).GroupBy(number => DrawKind(number, CreateRandom(number))).SelectMany(kind => kind.Take(2)),
    ];

    public static EditCase Create(int number)
    {
        var random = CreateRandom(number);
        var large = number < Large.Length;
        var kind = DrawKind(number, random);
        var size = large ? Large[number].Size : random.Next(6) is 0 ? Odd[random.Next(Odd.Length)] : new Dimensions(Edge(random), Edge(random));
        var outside = random.Next(10) is 0 ? OutsidePixels.Model : OutsidePixels.Keep;
        var made = CreateRegionCase(number, kind, size, random);
        var feather = random.Next(4) switch { 0 => 0, 1 => Math.Min(8, MaxFeather(made.ExpectedRegion)), 2 => MaxFeather(made.ExpectedRegion), _ => (int?)null };
        return made with
        {
            Profile = random.Next(3) is 0 && kind.Profiles is { Length: > 0 } profiles ? profiles[random.Next(profiles.Length)] : null,
            Orientation = kind.CanBeRotated && random.Next(2) is 0 ? random.Next(1, 9) : 1,
            Feather = feather,
            Outside = outside,
            Delivery = size.PixelCount > 3_000_000 ? new Delivery() : CreateDelivery(random, outside),
            Count = random.Next(8) is 0 && !large ? 2 : 1,
            Stream = random.Next(3) is not 0,
        };
    }

    private static Random CreateRandom(int number) => new(Seed ^ (number * 7919));

    private static InputKind DrawKind(int number, Random random) => number < Large.Length
        ? InputKind.All.Single(kind => kind.Name == Large[number].Kind)
        : InputKind.All[random.Next(InputKind.All.Count)];

    private static int Edge(Random random) => (int)Math.Round(17 * Math.Pow(42, random.NextDouble()));

    private static Delivery CreateDelivery(Random random, OutsidePixels outside) => (random.Next(4), outside) switch
    {
        (0, OutsidePixels.Model) => new Delivery { Format = ImageFormat.Jpeg },
        (0 or 1, _) => new Delivery { Format = ImageFormat.Webp },
        _ => new Delivery(),
    };

    /// <summary>Something that leaves a part of the image, and not nothing.</summary>
    private static EditCase CreateRegionCase(int number, InputKind kind, Dimensions size, Random random)
    {
        while (true)
        {
            var maker = new RegionGenerator(random, size);
            GeneratedRegion[] parts = [.. Enumerable.Range(0, random.Next(3) is 0 ? random.Next(2, 5) : 1).Select(_ => maker.Create(size.PixelCount > 10_000_000 ? 0.1 : size.PixelCount > 1_000_000 ? 0.3 : 0.8))];
            // What it takes to change most of an image of that size is measured elsewhere.
            var invert = random.Next(4) switch { 0 => size.PixelCount > 10_000_000 ? null : true, 1 => false, _ => (bool?)null };
            if (parts.Any(part => !part.Shape.Touches(size)))
            {
                continue;
            }

            ExpectedShape[] shapes = [.. parts.Select(part => part.Shape)];
            var made = random.Next(3) is 0 ? CreateMaskCase(number, kind, size, shapes, invert, random) : new EditCase
            {
                Number = number,
                Kind = kind,
                Size = size,
                Parts = [.. parts.Select(part => part.Part)],
                Invert = invert,
                ExpectedRegion = ExpectedRegion.Create(size, shapes, invert is true),
            };
            if (made.ExpectedRegion is { ChangedCount: > 0, UnchangedCount: > 0 })
            {
                return made;
            }
        }
    }

    private static EditCase CreateMaskCase(int number, InputKind kind, Dimensions size, ExpectedShape[] shapes, bool? invert, Random random)
    {
        var (file, marked, isAlpha) = new MaskGenerator(random).Make(size, shapes);
        // White on most of the image might be meant either way, so one has to say.
        var said = invert ?? (isAlpha || marked.ChangedCount < 0.4 * size.PixelCount ? null : false);
        var area = said is true ? marked with { Marks = [.. marked.Marks.Select(mark => (byte)(mark is 2 ? 2 : 1 - mark))] } : marked;
        return new EditCase { Number = number, Kind = kind, Size = size, Mask = file, Invert = said, ExpectedRegion = area };
    }

    /// <summary>The widest feather that is certainly allowed.</summary>
    private static int MaxFeather(ExpectedRegion area)
    {
        var (left, top, right, bottom) = area.Bounds();
        return Math.Min(right - left, bottom - top) / 4;
    }
}
