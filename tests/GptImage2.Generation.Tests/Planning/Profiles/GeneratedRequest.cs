using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Tests.Planning.Profiles;

/// <summary>A request from a seed: mostly ordinary, and here and there just within, just beyond or far beyond what one service or another takes.</summary>
internal static class GeneratedRequest
{
    private const int MaxPrompt = 32_000;

    private static readonly Dimensions[] Sizes =
    [
        new(1024, 1024), new(1536, 1024), new(816, 816), new(800, 800), new(1440, 480), new(1456, 480), new(2880, 2880), new(2896, 2880), new(3840, 2160), new(3840, 3840),
        new(512, 512), new(16, 32), new(64, 64), new(64, 48), new(2048, 512), new(2048, 256), new(2064, 256), new(4096, 4096), new(4096, 2048), new(4112, 2048), new(1920, 1080), new(1000, 1001),
    ];

    private static readonly int[] Counts = [1, 1, 1, 1, 2, 3, 4, 5, 8, 9, 10, 11, 0, 40];
    private static readonly int[] ImageCounts = [1, 1, 1, 2, 3, 9, 10, 11, 15, 16, 17, 0];
    private static readonly int?[] Levels = [null, null, null, null, null, 0, 80, 100, 101, -1];

    public static ImageRequest Create(Random random)
    {
        ImageRequest request = random.Next(10) switch
        {
            < 5 => new GenerateRequest { Prompt = CreatePrompt(random, room: 0), Size = CreateSize(random) },
            < 8 => new EditRequest { Prompt = CreatePrompt(random, room: 6_000), Size = CreateSize(random), References = CreateReferences(random, Pick(random, ImageCounts)) },
            _ => CreateInpaint(random),
        };
        return request with
        {
            Count = Pick(random, Counts),
            Quality = random.Next(4) is 0 ? Pick(random, Enum.GetValues<ImageQuality>()) : ImageQuality.Medium,
            Background = random.Next(3) is 0 ? Pick(random, Enum.GetValues<ImageBackground>()) : ImageBackground.Auto,
            Delivery = new Delivery { Format = random.Next(2) is 0 ? Pick(random, Enum.GetValues<ImageFormat>()) : ImageFormat.Png, Compression = random.Next(2) is 0 ? Pick(random, Levels) : null },
        };
    }

    private static InpaintRequest CreateInpaint(Random random)
    {
        var how = random.Next(10);
        return new InpaintRequest
        {
            Prompt = CreatePrompt(random, room: 6_000),
            Size = CreateSize(random),
            Image = CreateReference(random, "image"),
            References = CreateReferences(random, Math.Max(0, Pick(random, ImageCounts) - 1)),
            Mask = how is < 5 or 8 ? "mask.png" : null,
            Region = how is >= 5 and not 9 ? [new RegionShapeInput { X = 0.25, Y = 0.25, Width = 0.5, Height = 0.25 }] : [],
            Outside = random.Next(3) is 0 ? OutsidePixels.Model : OutsidePixels.Keep,
        };
    }

    private static Reference[] CreateReferences(Random random, int count) => [.. Enumerable.Range(0, count).Select(index => CreateReference(random, $"references[{index}].image"))];

    private static Reference CreateReference(Random random, string argument) =>
        new() { Image = "fox.png", Argument = argument, Role = random.Next(12) is 0 ? ReferenceRole.Base : ReferenceRole.Object };

    /// <param name="room">Characters that are left to what the product itself says about the images.</param>
    private static string CreatePrompt(Random random, int room) => random.Next(24) switch
    {
        0 => " \n",
        1 => new string('é', MaxPrompt - room),
        2 => string.Concat(Enumerable.Repeat("🦊", MaxPrompt - room)),
        3 => string.Concat(Enumerable.Repeat("🦊", MaxPrompt + 1)),
        4 => new string('x', MaxPrompt + 1),
        _ => "a red fox in the snow",
    };

    private static Dimensions CreateSize(Random random) => random.Next(4) switch
    {
        0 => new Dimensions(16 * (1 + random.Next(264)), 16 * (1 + random.Next(264))),
        1 => new Dimensions(8 + random.Next(4800), 8 + random.Next(4800)),
        2 => Sizes[0],
        _ => Pick(random, Sizes),
    };

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
