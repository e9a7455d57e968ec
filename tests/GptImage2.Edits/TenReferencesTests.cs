using GptImage2.Backends.OpenAI.Models;
using GptImage2.Edits.Cases;
using GptImage2.Edits.Hosts;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Edits;

/// <summary>Images of all kinds go to the service in order, as it takes them, each explained once.</summary>
public sealed class TenReferencesTests
{
    private static readonly ReferenceRole[] Roles =
    [
        ReferenceRole.Identity, ReferenceRole.Base, ReferenceRole.Style, ReferenceRole.Object, ReferenceRole.Environment,
        ReferenceRole.Layout, ReferenceRole.Object, ReferenceRole.Identity, ReferenceRole.Style, ReferenceRole.Object,
    ];

    private static readonly (string Kind, Dimensions Size, bool FullSize)[] Images =
    [
        ("png rgb", new(320, 200), false), ("jpeg", new(3000, 2000), false), ("png rgb 16", new(1999, 1333), false), ("jpeg", new(1900, 2500), true), ("png palette", new(200, 300), false),
        ("png grey", new(90, 1900), false), ("jpeg cmyk", new(1600, 1600), false), ("gif", new(240, 100), false), ("tiff", new(300, 301), false), ("webp", new(1700, 1201), false),
    ];

    [Fact]
    public async Task Ten_with_all_roles_arrive_in_order_and_the_prompt_explains_each_once()
    {
        await using var host = await StandInWorkflowHost.StartAsync();
        host.Service.DrawImage = (order, index) => PngEncoder.Gradient(order.Size, index + 1);
        Reference[] references = [.. Images.Select((picture, index) => CreateReference(host, picture.Kind, picture.Size, index, Roles[index], picture.FullSize) with { Note = index is 4 ? "Only the harbour." : null })];

        var order = await EditAsync(host, references);

        order.Images.Select(image => image.Part).ShouldBe(Enumerable.Repeat("image[]", 10));
        order.Images.Select(image => image.FileName).ShouldBe(order.Images.Select((image, index) => $"image-{index + 1}{Extension(image)}"));
        var rules = OpenAIModels.Resolve(OpenAIModels.Default).Inputs;
        order.Images.Select(image => image.Size).ShouldBe(Images.Select(picture => picture.FullSize ? picture.Size : rules.EffectiveSize(picture.Size)));
        order.Images.Sum(image => TokenPricing.ImageTokens(image.Size)).ShouldBe(Images.Sum(picture => TokenPricing.ImageTokens(picture.Size)), "scaling down is not seen");
        CheckPromptExplains(order.Prompt);
    }

    [Fact]
    public async Task Every_kind_of_image_is_one_the_service_takes_and_shows_the_same()
    {
        foreach (var kinds in InputKind.All.Chunk(16))
        {
            await using var host = await StandInWorkflowHost.StartAsync();
            host.Service.DrawImage = (order, index) => PngEncoder.Gradient(order.Size, index + 1);
            Reference[] references = [.. kinds.Select((kind, index) => CreateReference(host, kind.Name, new(120 + index, 80), index, ReferenceRole.Object, fullSize: false))];

            var order = await EditAsync(host, references);

            order.Images.Select(image => image.Size).ShouldBe(Enumerable.Range(0, kinds.Length).Select(index => new Dimensions(120 + index, 80)));
            foreach (var (kind, image) in kinds.Zip(order.Images))
            {
                var shown = ImageDecoder.DecodeSrgb(File.ReadAllBytes(Path.Combine(host.Work, Name(kind))), kind.Format, profile: kind.Profiles is not []).ApplyOrientation(Orientation(kind));
                IsSameImage(shown, ImageDecoder.DecodeSrgb(image.Bytes.ToArray(), Enum.Parse<ImageFormat>(image.Format, ignoreCase: true), profile: false)).ShouldBeTrue(kind.Name);
            }
        }
    }

    private static async Task<ImageOrder> EditAsync(StandInWorkflowHost host, Reference[] references)
    {
        var plan = await host.PlanAsync(new EditRequest { Prompt = "Put them all into Image 2.", Size = SizePreset.Square.Size, SizeFollowsReference = true, References = references });
        var view = await host.MakeAsync(plan);
        view.Status.ShouldBe(JobStatus.Done, view.Failure?.Message);
        host.Service.Requests.Count.ShouldBe(1);
        return host.Service.Orders.ShouldHaveSingleItem();
    }

    private static Reference CreateReference(StandInWorkflowHost host, string kindName, Dimensions size, int index, ReferenceRole role, bool fullSize)
    {
        var kind = InputKind.All.Single(kind => kind.Name == kindName);
        var stored = Orientation(kind) >= 5 ? new Dimensions(size.Height, size.Width) : size;
        var file = TestImageEncoder.Encode(TestImageEncoder.Draw(kind, stored, index), kind, kind.Profiles.LastOrDefault(), Orientation(kind));
        var name = host.Put(fullSize ? $"full-{Name(kind)}" : Name(kind), file);
        return new Reference { Image = name, Role = role, FullSize = fullSize, Argument = $"references[{index}].image" };
    }

    private static string Name(InputKind kind) => $"{kind.Name}.{kind.Format.Extension}";

    /// <summary>Every kind that can be turned is.</summary>
    private static int Orientation(InputKind kind) => kind.CanBeRotated ? 2 + (kind.Name.Length % 7) : 1;

    private static string Extension(ReceivedImage image) => image.ContentType switch { "image/png" => ".png", "image/jpeg" => ".jpg", _ => ".webp" };

    private static void CheckPromptExplains(string prompt)
    {
        var lines = prompt.Split('\n');
        for (var number = 1; number <= Roles.Length; number++)
        {
            lines[number - 1].ShouldStartWith(FormattableString.Invariant($"Image {number} is {GetRolePhrase(Roles[number - 1])}"));
            lines.Count(line => line.StartsWith(FormattableString.Invariant($"Image {number} is "), StringComparison.Ordinal)).ShouldBe(1);
        }

        lines[4].ShouldEndWith(" Only the harbour.");
        lines[10..].ShouldBe(["", "Put them all into Image 2."]);
    }

    private static string GetRolePhrase(ReferenceRole role) => role switch
    {
        ReferenceRole.Base => "the image to edit.",
        ReferenceRole.Identity => "an identity lock.",
        ReferenceRole.Style => "the style.",
        ReferenceRole.Environment => "the environment.",
        ReferenceRole.Layout => "the layout.",
        _ => "an object to show.",
    };

    /// <summary>Opaque pixels within a step; what is not may be laid on any ground.</summary>
    private static bool IsSameImage(Raster shown, Raster sent)
    {
        var wrong = shown.Size == sent.Size ? 0 : 1;
        for (var y = 0; wrong is 0 && y < shown.Size.Height; y++)
        {
            for (var x = 0; x < shown.Size.Width; x++)
            {
                var before = shown[x, y];
                var after = sent[x, y];
                for (var band = 0; band < 3 && (!shown.HasAlpha || before[^1] is 255); band++)
                {
                    wrong += Math.Abs(before[Math.Min(band, before.Length - (shown.HasAlpha ? 2 : 1))] - after[Math.Min(band, after.Length - (sent.HasAlpha ? 2 : 1))]) > 1 ? 1 : 0;
                }
            }
        }

        return wrong is 0;
    }
}
