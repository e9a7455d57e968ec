using GptImage2.Backends.OpenAI.Models;
using GptImage2.Edits.Cases;
using GptImage2.Edits.Hosts;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Edits;

/// <summary>Without a size and a base, an edit has the shape of its first reference and about 1.5 megapixels.</summary>
public sealed class ReferenceAspectCanvasTests
{
    private const double Wanted = 1536 * 1024;

    [Fact]
    public async Task The_canvas_has_the_shape_of_the_first_reference_and_nothing_legal_is_nearer()
    {
        await using var host = await StandInWorkflowHost.StartAsync();
        var random = new Random(EditCaseGenerator.Seed);
        Dimensions[] known = [new(1, 1), new(1, 3000), new(3000, 1), new(5000, 200), new(17, 33), new(1536, 1024), new(1024, 1536), new(1920, 1080), new(6000, 4000), new(1000, 333), new(333, 1000)];
        var many = Enumerable.Range(0, 150).Select(_ => new Dimensions((int)Math.Pow(3000, random.NextDouble()) + 16, (int)Math.Pow(3000, random.NextDouble()) + 16));
        foreach (var size in known.Concat(many))
        {
            var plan = await host.PlanAsync(Request(host.Put("base.png", PngEncoder.Gradient(size, 1)), host.Put("other.png", PngEncoder.Gradient(new(640, 480), 2))));
            CheckNearest(size, plan.Request.Size);
        }
    }

    [Fact]
    public void So_it_is_for_every_shape()
    {
        var random = new Random(EditCaseGenerator.Seed);
        var rules = OpenAIModels.Resolve(OpenAIModels.Default).Sizes;
        for (var i = 0; i < 1000; i++)
        {
            var size = new Dimensions(random.Next(1, 9000), random.Next(1, 9000));
            CheckNearest(size, rules.FollowReference(size));
        }
    }

    private static EditRequest Request(string image, string other) => new()
    {
        Prompt = "at night",
        Size = SizePreset.Square.Size,
        SizeFollowsReference = true,
        References =
        [
            new Reference { Image = image, Role = ReferenceRole.Layout, Argument = "references[0].image" },
            new Reference { Image = other, Role = ReferenceRole.Style, Argument = "references[1].image" },
        ],
    };

    /// <summary>Legal, near in both ways, and no legal size is nearer in shape without being further from the wanted number of pixels.</summary>
    private static void CheckNearest(Dimensions picture, Dimensions canvas)
    {
        LegalSizes.Sizes.ShouldContain(canvas, $"for {picture}");
        var shape = Math.Clamp((double)picture.Width / picture.Height, 1 / 3.0, 3);
        var (apart, pixels) = DistanceToShape(canvas, shape);
        apart.ShouldBeLessThan(0.012, $"{canvas} for {picture}");
        pixels.ShouldBeLessThan(0.25, $"{canvas} for {picture}");
        LegalSizes.Sizes.Where(other => DistanceToShape(other, shape) is var (a, p) && a < apart - 1e-9 && p < pixels - 1e-9).ShouldBeEmpty($"{canvas} for {picture}");
    }

    private static (double Shape, double Pixels) DistanceToShape(Dimensions size, double shape) =>
        (Math.Abs(Math.Log((double)size.Width / size.Height / shape)), Math.Abs(Math.Log(size.PixelCount / Wanted)));
}
