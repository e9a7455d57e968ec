using GptImage2.Edits.Cases;
using GptImage2.Edits.Hosts;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.Seeds;

namespace GptImage2.Edits;

/// <summary>An edit without sizes has the size and the format of what it edits, and shows the same at the same place.</summary>
public sealed class EditKeepsBaseTests
{
    /// <summary>How far a sample may be from the base's, moved by what the stand-in changes: scaling and JPEG blur a little.</summary>
    private const double Tolerance = 9;

    private static readonly string[] Kinds = ["png rgb", "jpeg", "webp", "png rgb 16", "png palette", "jpeg grey", "gif", "tiff"];

    private static readonly Dimensions[] Known =
    [
        new(64, 64), new(1179, 2556), new(1920, 1080), new(1024, 1024), new(100, 1000), new(3840, 2160), new(64, 6000), new(6000, 64), new(2000, 300), new(6000, 4000), new(17, 4000),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Known.Length + GeneratedCases.Count(all: 80))];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_result_has_the_bases_size_and_format(int number)
    {
        await using var host = await StandInWorkflowHost.StartAsync();
        host.Service.DrawImage = DrawInFormat;
        var (kind, size) = Create(number);
        var file = TestImageEncoder.Encode(TestImageEncoder.Draw(kind, size, number), kind, null, 1);
        var other = host.Put("other.png", PngEncoder.Gradient(new(640, 480), 2));

        var plan = await host.PlanAsync(Request(host.Put($"base.{kind.Format.Extension}", file), other));
        var view = await host.MakeAsync(plan);

        view.Status.ShouldBe(JobStatus.Done, view.Failure?.Message);
        var made = view.Images.ShouldHaveSingleItem();
        made.Record.File.Size.ShouldBe(size, $"{kind.Name}");
        made.Record.File.Format.ShouldBe(kind.Format is ImageFormat.Jpeg or ImageFormat.Webp ? kind.Format : ImageFormat.Png, $"{size}");
        CheckCanvas(host.Service.Orders.ShouldHaveSingleItem(), size, view);
        CompareWithBase(file, host.Read(made), size).ShouldBeLessThan(Tolerance, $"{kind.Name} {size}");
    }

    [Theory]
    [InlineData(true, ImageBackground.Auto)]
    [InlineData(false, ImageBackground.Transparent)]
    public async Task What_is_cut_out_of_a_base_longer_than_any_canvas_is_delivered_whole(bool cutout, ImageBackground background)
    {
        await using var host = await StandInWorkflowHost.StartAsync();
        var image = host.Put("sword.png", PngEncoder.Gradient(new(3000, 500), 2));
        var request = Request(image, host.Put("other.png", PngEncoder.Gradient(new(640, 480), 2)));

        var plan = await host.PlanAsync(request with { Cutout = cutout, Background = background });

        plan.Request.Delivery.ResizeTo.ShouldBeNull();
        plan.PromptAsSent.ShouldNotContain("cut away");
        plan.PromptAsSent.ShouldNotContain("mat");
    }

    [Fact]
    public async Task A_mat_keeps_what_is_transparent_in_the_base()
    {
        await using var host = await StandInWorkflowHost.StartAsync();
        byte[]? sent = null;
        host.Service.DrawImage = (order, index) => (sent = order.Images[0].Bytes.ToArray(), DrawInFormat(order, index)).Item2;
        var (clear, size) = (new byte[1600 * 320 * 4], new Dimensions(1600, 320));
        using var logo = Image.FromPixels(size, clear);

        await host.MakeAsync(await host.PlanAsync(Request(host.Put("logo.png", logo.Encode(new SaveOptions { Format = ImageFormat.Png })), host.Put("other.png", PngEncoder.Gradient(new(640, 480), 2)))));

        using var mat = Image.Open(EncodedImage.FromMemory(sent!));
        var pixels = mat.ToRgbaBytes();
        pixels[3].ShouldBe((byte)255, "the mat");
        pixels[((((mat.Size.Height / 2) * mat.Size.Width) + (mat.Size.Width / 2)) * 4) + 3].ShouldBe((byte)0, "the logo");
    }

    private static (InputKind Kind, Dimensions Size) Create(int number)
    {
        var random = new Random(number);
        var kind = InputKind.All.Single(kind => kind.Name == Kinds[number % Kinds.Length]);
        return (kind, number < Known.Length ? Known[number] : new Dimensions(64 + (int)Math.Pow(2400, random.NextDouble()), 64 + (int)Math.Pow(2400, random.NextDouble())));
    }

    private static EditRequest Request(string image, string other) => new()
    {
        Prompt = "at night",
        Size = SizePreset.Square.Size,
        SizeFollowsReference = true,
        Delivery = new Delivery { FormatFollowsBase = true },
        References =
        [
            new Reference { Image = image, Role = ReferenceRole.Base, Argument = "references[0].image" },
            new Reference { Image = other, Role = ReferenceRole.Style, Argument = "references[1].image" },
        ],
    };

    /// <summary>The smallest that holds the base, where one does; else what is said is that it is enlarged.</summary>
    private static void CheckCanvas(ImageOrder order, Dimensions size, JobSnapshot view)
    {
        var holding = LegalSizes.Sizes.Where(legal => legal.Width >= size.Width && legal.Height >= size.Height).ToArray();
        var enlarged = view.Warnings.Any(warning => warning.Contains("enlarged", StringComparison.Ordinal));
        enlarged.ShouldBe(holding is []);
        if (holding is not [])
        {
            holding.ShouldContain(order.Size);
            long[] alike = [.. holding.Where(legal => Math.Abs(Math.Log((double)legal.Width * size.Height / ((double)legal.Height * size.Width))) < 0.0099).Select(legal => legal.PixelCount)];
            ((double)order.Size.PixelCount).ShouldBeLessThanOrEqualTo(alike is [] ? double.MaxValue : 1.01 * alike.Min(), $"{order.Size} for {size}");
        }
    }

    /// <summary>Mean difference of small versions of both, in levels of 255.</summary>
    private static double CompareWithBase(byte[] before, byte[] after, Dimensions size)
    {
        var small = Math.Min(48, Math.Max(size.Width, size.Height));
        using var old = Image.OpenThumbnail(EncodedImage.FromMemory(before), small);
        using var made = Image.OpenThumbnail(EncodedImage.FromMemory(after), small);
        made.Size.ShouldBe(old.Size);
        return old.ToRgbaBytes().Zip(made.ToRgbaBytes(), (a, b) => Math.Abs((double)a - b)).Average();
    }

    private static byte[] DrawInFormat(ImageOrder order, int index)
    {
        var drawn = PngFile.Read(EditSimulator.Draw(AsPng(order), index)).Decode();
        using var image = Image.FromPixels(drawn.Size, drawn.Rgba);
        using var opaque = image.Flatten(Colour.White);
        return opaque.Encode(new SaveOptions { Format = Enum.Parse<ImageFormat>(order.Format, ignoreCase: true), Quality = 95 });
    }

    /// <summary>The simulator reads PNG files only.</summary>
    private static ImageOrder AsPng(ImageOrder order)
    {
        using var image = Image.Open(EncodedImage.FromMemory(order.Images[0].Bytes));
        using var colours = image.ToSrgb8();
        var png = colours.Encode(new SaveOptions { Format = ImageFormat.Png, KeepProfile = false });
        return order with { Images = [order.Images[0] with { Bytes = png, Format = "png" }, .. order.Images.Skip(1)] };
    }
}
