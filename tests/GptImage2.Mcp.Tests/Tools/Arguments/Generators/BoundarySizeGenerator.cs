namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>Sizes that lie at, just inside or just outside a limit: edges, the ratio, and the pixels in all.</summary>
internal static class BoundarySizeGenerator
{
    private static readonly int[] Edges = [1, 16, 464, 479, 480, 481, 496, 1024, 1040, 2880, 2896, 3824, 3839, 3840, 3841, 3856];

    public static (int Width, int Height) Generate(Random random)
    {
        var width = random.Next(5) is 0 ? Edges[random.Next(Edges.Length)] : 16 * random.Next(28, 243);
        var height = random.Next(6) switch
        {
            0 => Edges[random.Next(Edges.Length)],
            1 => Near(width * 3),
            2 => Near(width / 3),
            3 => Near(655_360 / width),
            4 => Near(8_294_400 / width),
            _ => 16 * random.Next(28, 243),
        };
        return random.Next(2) is 0 ? (width, height) : (height, width);

        // The multiples of 16 around the limit, and now and then a number that is none.
        int Near(int limit) => Math.Max(1, (limit / 16 + random.Next(-1, 3)) * 16 + (random.Next(10) is 0 ? random.Next(-1, 2) : 0));
    }
}
