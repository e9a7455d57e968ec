using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;
using GptImage2.Testing.Images;

namespace GptImage2.Generation.Tests.Jobs.Persistence;

/// <summary>Calls of every kind, each with something to finish but the first.</summary>
internal static class SamplePlans
{
    private static readonly Dimensions ImageSize = new(160, 120);
    private static readonly Dimensions Canvas = new(1024, 640);

    /// <summary>By name, given the caller's folder.</summary>
    public static IReadOnlyDictionary<string, Func<string, ImageRequest>> All { get; } = new Dictionary<string, Func<string, ImageRequest>>
    {
        ["words"] = _ => WorkflowHost.Request("a \"lighthouse\" – 灯台 \n at night"),
        ["a resized picture"] = _ => WorkflowHost.Request(delivery: new() { ResizeTo = new Dimensions(500, 300) }),
        ["a converted picture"] = _ => WorkflowHost.Request(delivery: new() { ResizeTo = new Dimensions(512, 320), Format = ImageFormat.Jpeg, Compression = 71 }),
        ["a copy"] = _ => WorkflowHost.Request(delivery: new() { ResizeTo = new Dimensions(500, 300), SaveTo = "copies/fox.png" }),
        ["a cut-out"] = _ => WorkflowHost.Request().WithChromaKey(),
        ["a cut-out as webp"] = _ => WorkflowHost.Request(delivery: new() { Format = ImageFormat.Webp, ResizeTo = new Dimensions(400, 250) }).WithChromaKey(),
        ["references"] = folder => new EditRequest
        {
            Prompt = "both together",
            Size = Canvas,
            SizeFollowsReference = true,
            References =
            [
                new Reference { Image = Path.Combine(folder, "room.png"), Role = ReferenceRole.Base, FullSize = true, Argument = "references[0].image" },
                new Reference { Image = Path.Combine(folder, "subject.png"), Role = ReferenceRole.Identity, Note = "on the left", Argument = "references[1].image" },
            ],
            Delivery = new() { ResizeTo = new Dimensions(400, 300) },
        },
        ["a rectangle"] = folder => CreateInpaint(folder) with { Region = [new RegionShapeInput { X = 0.25, Y = 0.25, Width = 0.5, Height = 0.5 }] },
        ["an ellipse"] = folder => CreateInpaint(folder) with { Region = [new RegionShapeInput { Shape = RegionShapeKind.Ellipse, X = 21, Y = 30, Width = 51, Height = 40, Units = RegionUnits.Pixels }], Feather = 7 },
        ["two polygons"] = folder => CreateInpaint(folder) with
        {
            Region =
            [
                new RegionShapeInput { Shape = RegionShapeKind.Polygon, Points = [[0.1, 0.1], [0.4, 0.15], [0.2, 0.6]] },
                new RegionShapeInput { Shape = RegionShapeKind.Polygon, Points = [[0.7, 0.1], [0.9, 0.15], [0.8, 0.9]] },
            ],
            Feather = 0,
            Outside = OutsidePixels.Model,
        },
        ["a drawn mask"] = folder => CreateInpaint(folder) with { Mask = Path.Combine(folder, "mask.png"), References = [new Reference { Image = Path.Combine(folder, "subject.png"), Argument = "references[0].image" }] },
        ["a drawn mask inverted"] = folder => CreateInpaint(folder) with { Mask = Path.Combine(folder, "mask.png"), Invert = true },
        ["everything but a rectangle"] = folder => CreateInpaint(folder) with { Region = [new RegionShapeInput { X = 0, Y = 0.4, Width = 0.5, Height = 0.3 }], Invert = true },
        ["a part as webp"] = folder => CreateInpaint(folder) with { Region = [new RegionShapeInput { X = 0.5, Y = 0.5, Width = 0.5, Height = 0.5 }], Delivery = new() { Format = ImageFormat.Webp } },
        ["a board"] = folder => new BoardRequest
        {
            Prompt = "Before and after",
            Size = ImageSize,
            Cells =
            [
                new Reference { Image = Path.Combine(folder, "room.png"), FullSize = true, Argument = "images[0]" },
                new Reference { Image = Path.Combine(folder, "subject.png"), FullSize = true, Argument = "images[1]" },
            ],
            Captions = ["before"],
            Columns = 1,
            Title = "A room",
            Delivery = new() { Format = ImageFormat.Jpeg },
        },
        ["a background removed"] = folder => new BackgroundRemovalRequest
        {
            Prompt = "background removed",
            Size = ImageSize,
            Image = new Reference { Image = Path.Combine(folder, "subject.png"), Argument = "image" },
        },
    };

    /// <summary>The request, with the files it names there and a backend that draws what it can be finished from.</summary>
    public static ImageRequest Request(WorkflowHost host, string name)
    {
        File.WriteAllBytes(Path.Combine(host.Folder, "room.png"), PngEncoder.Gradient(ImageSize, seed: 1));
        File.WriteAllBytes(Path.Combine(host.Folder, "subject.png"), Subject(ImageSize));
        File.WriteAllBytes(Path.Combine(host.Folder, "mask.png"), Mask());
        Directory.CreateDirectory(host.Work);
        var request = All[name](host.Folder);
        host.Backend.Draw = (size, number) => request.Backdrop is null ? PngEncoder.Gradient(size, number) : Subject(size);
        return request;
    }

    /// <summary>The plan as a job has it.</summary>
    public static Task<JobPlan> PlanStoredAsync(WorkflowHost host, string name) => PlanStoredAsync(host, Request(host, name));

    public static async Task<JobPlan> PlanStoredAsync(WorkflowHost host, ImageRequest request)
    {
        var plan = await host.PlanAsync(request);
        return plan with { Inputs = await host.GetService<InputImageResolver>().StoreAsync(plan.Inputs, TestContext.Current.CancellationToken) };
    }

    /// <summary>Takes the caller's own files away.</summary>
    public static void DeleteSourceFiles(WorkflowHost host) => Array.ForEach(Directory.GetFiles(host.Folder, "*.png"), File.Delete);

    /// <summary>White where a ragged blot is to change, black elsewhere.</summary>
    public static byte[] Mask() => DrawGrey(ImageSize, (x, y) => ((x - 70) * (x - 70)) + ((y - 60) * (y - 60)) < 900 + (x * 37 % 11 * 40) ? (byte)255 : (byte)0);

    /// <summary>A red block on the backdrop's green.</summary>
    private static byte[] Subject(Dimensions size)
    {
        var pixels = new PngPixels(size, new byte[size.PixelCount * 4]);
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var inside = Math.Abs((2 * x) - size.Width) < size.Width / 2 && Math.Abs((2 * y) - size.Height) < size.Height / 2;
                (inside ? [200, (byte)(x % 40), 30, 255] : (ReadOnlySpan<byte>)[0x00, 0xB1, 0x40, 255]).CopyTo(pixels[x, y]);
            }
        }

        return pixels.Encode(alpha: false);
    }

    private static byte[] DrawGrey(Dimensions size, Func<int, int, byte> level)
    {
        var pixels = new PngPixels(size, new byte[size.PixelCount * 4]);
        for (var i = 0; i < size.PixelCount; i++)
        {
            var (x, y) = (i % size.Width, i / size.Width);
            var grey = level(x, y);
            ((ReadOnlySpan<byte>)[grey, grey, grey, 255]).CopyTo(pixels[x, y]);
        }

        return pixels.Encode(alpha: false);
    }

    private static InpaintRequest CreateInpaint(string folder) => new()
    {
        Prompt = "a door",
        Size = Canvas,
        Image = new Reference { Image = Path.Combine(folder, "room.png"), Role = ReferenceRole.Base, Argument = "image" },
    };
}
