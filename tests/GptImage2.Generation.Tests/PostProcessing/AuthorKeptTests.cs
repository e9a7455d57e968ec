using GptImage2.Backends.Local;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Testing.Images;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Generation.Tests.PostProcessing;

/// <summary>Whoever made an image stays its author when its background goes, by whichever way on this machine.</summary>
public sealed class AuthorKeptTests
{
    private static readonly Dimensions Size = new(160, 120);

    [Theory]
    [InlineData(CutoutMethod.Key, ImageFormat.Png)]
    [InlineData(CutoutMethod.Key, ImageFormat.Webp)]
    [InlineData(CutoutMethod.Model, ImageFormat.Png)]
    [InlineData(CutoutMethod.Model, ImageFormat.Webp)]
    public async Task A_cutout_names_the_author_and_the_copyright_of_its_original(CutoutMethod method, ImageFormat format)
    {
        await using var host = new WorkflowHost(more: services => services
            .AddSingleton<IMatteModel, DiscModel>()
            .AddKeyedSingleton<IImageBackend, ModelRemovalBackend>(BackendRegistry.BackgroundModelKey));
        var path = Path.Combine(host.Folder, "disc.png");
        var disc = new PngPixels(Size, [.. Enumerable.Range(0, Size.Width * Size.Height).SelectMany(place => IsDisc(place) ? (byte[])[200, 40, 30, 255] : [0, 177, 64, 255])]).Encode(alpha: false);
        await File.WriteAllBytesAsync(path, PngTags.Add(PngTags.Add(disc, "Author", "Zoë"), "Copyright", "© Zoë"), TestContext.Current.CancellationToken);

        var view = await host.AskAsync(
            new BackgroundRemovalRequest
            {
                Prompt = "a disc",
                Size = Size,
                Image = new Reference { Image = path, Argument = "image" },
                Method = method,
                Delivery = new Delivery { Format = format },
            },
            TestContext.Current.CancellationToken);

        view.Status.ShouldBe(JobStatus.Done, view.Failure?.Message);
        var kept = ImageHeader.ReadProvenance(host.Store.Open(view.Images.ShouldHaveSingleItem().Record.File));
        (kept.Creators.ShouldHaveSingleItem(), kept.Copyright).ShouldBe(("Zoë", "© Zoë"));
    }

    private static bool IsDisc(int place) =>
        (((place % Size.Width) - 80) * ((place % Size.Width) - 80)) + (((place / Size.Width) - 60) * ((place / Size.Width) - 60)) < 1600;

    private sealed class DiscModel : IMatteModel
    {
        public string Name => "disc";

        public string Describe() => Name;

        public Task<Matte> PredictAsync(EncodedImage image, CancellationToken cancellationToken) =>
            Task.FromResult(new Matte(Size, [.. Enumerable.Range(0, Size.Width * Size.Height).Select(place => IsDisc(place) ? byte.MaxValue : byte.MinValue)]));
    }
}
