using GptImage2.Generation.Models;
using GptImage2.Testing.Contract;
using GptImage2.Testing.Images;

namespace GptImage2.Backends.Tests.Contract;

internal static class ReceivedOrderExtensions
{
    /// <summary>The order is the request, word for word and byte for byte; how many images it is for aside.</summary>
    public static void ShouldMatch(this ReceivedOrder order, ContractRequest asked, VendorTraits vendor)
    {
        var request = asked.Request;
        order.Prompt.ShouldBe(ContractHost.Rules.Validate(request, vendor.Profile).PromptAsSent);
        order.Size.ShouldBe(vendor.GetOrderedSize(request));
        order.Quality.ShouldBe(order.Quality is null ? null : request.Quality.Name);
        order.Background.ShouldBe(order.Background is null ? null : request.Background.Name);
        order.References.ShouldBe(asked.Inputs.Images.Select(image => image.Image.OpenRead().ReadAll()));
        (order.Mask is null).ShouldBe(asked.Inputs.Mask is null);
        if (order.Mask is { } mask)
        {
            var expected = ReceivedMask.FromClearPixels(PngFile.Read(ContractRequest.Mask).Decode());
            mask.Size.ShouldBe(expected.Size);
            mask.Changes.ShouldBe(expected.Changes);
        }
    }

    private static byte[] ReadAll(this Stream content)
    {
        using (content)
        {
            var bytes = new byte[content.Length];
            content.ReadExactly(bytes);
            return bytes;
        }
    }
}
