using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Imaging;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible.Vendors;

/// <summary>OpenRouter for the contract suite: one image a request, no masks, and the nearest of its shapes in place of a size.</summary>
public sealed class OpenRouterVendor : IVendor
{
    private static readonly CompatibleVendor Vendor = new(KnownServers.OpenRouter, "openai/gpt-image-2") { Bills = true, DrawsOneByOne = true, TakesMask = false };
    private static readonly string[] Shapes = ["1:1", "5:4", "4:5", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "21:9", "9:21"];

    public static VendorTraits Traits { get; } = Vendor.CreateTraits() with { GetOrderedSize = request => FindNearest(request.Size) };

    public static Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => Vendor.StartAsync(new StrictOpenRouter { ApiKey = CompatibleStandIn.ApiKey }, mishap, time);

    private static Dimensions FindNearest(Dimensions size)
    {
        var resolution = size.PixelCount > 4_300_000 ? "4K" : size.PixelCount > 1_600_000 ? "2K" : "1K";
        return StrictOpenRouter.GetSize(Shapes.MinBy(shape => Distort(size, StrictOpenRouter.GetSize(shape, "4K")))!, resolution);
    }

    /// <summary>How many times longer one is than the other, once both are equally high.</summary>
    private static double Distort(Dimensions a, Dimensions b)
    {
        var (wide, other) = ((double)a.Width / a.Height, (double)b.Width / b.Height);
        return Math.Max(wide, other) / Math.Min(wide, other);
    }
}
