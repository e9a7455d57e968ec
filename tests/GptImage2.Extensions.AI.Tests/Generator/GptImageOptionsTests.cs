using System.Collections;
using System.Reflection;
using GptImage2.Extensions.AI.Generator;
using GptImage2.Extensions.AI.Tests.Hosts;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;
using Microsoft.Extensions.AI;

namespace GptImage2.Extensions.AI.Tests.Generator;

public sealed class GptImageOptionsTests
{
    private static readonly GptImageOptions Full = new()
    {
        Count = 2,
        ImageSize = new(1024, 1024),
        MediaType = "image/webp",
        ModelId = "gpt-image-2",
        RawRepresentationFactory = _ => null,
        ResponseFormat = ImageGenerationResponseFormat.Uri,
        StreamingCount = 1,
        AdditionalProperties = new() { ["more"] = 1 },
        Mask = Pictures.Mask(16, 16, 0, 0, 4, 4),
        Region = [new RegionShapeInput()],
        Invert = true,
        Feather = 3,
        Outside = OutsidePixels.Model,
        MatchColours = false,
        Roles = [ReferenceRole.Style],
        Quality = ImageQuality.High,
        Background = ImageBackground.Opaque,
        Cutout = true,
        Translucent = true,
        Format = ImageFormat.Jpeg,
        Compression = 7,
        ResizeTo = new(20, 20),
        SaveTo = "a.png",
        SaveFolder = "b",
        Overwrite = true,
        Owner = "ada",
        Fresh = true,
        Progress = new Progress<JobSnapshot>(),
    };

    public static TheoryData<string> Properties => [.. typeof(GptImageOptions).GetProperties().Select(property => property.Name)];

    /// <summary>A middleware that configures options clones them first.</summary>
    [Theory]
    [MemberData(nameof(Properties))]
    public void A_clone_has_everything(string name)
    {
        var property = typeof(GptImageOptions).GetProperty(name, BindingFlags.Instance | BindingFlags.Public)!;

        var clone = Full.Clone().ShouldBeOfType<GptImageOptions>();

        property.GetValue(Full).ShouldNotBe(property.GetValue(new GptImageOptions()), "a value of its own is needed here");
        Flatten(property.GetValue(clone)).ShouldBe(Flatten(property.GetValue(Full)));

        static object?[] Flatten(object? value) => value is IEnumerable list and not string ? [.. list.Cast<object>()] : [value];
    }

    [Fact]
    public void A_clone_has_lists_of_its_own()
    {
        var clone = (GptImageOptions)Full.Clone();
        clone.Region.Clear();
        clone.Roles.Clear();
        clone.AdditionalProperties!.Clear();

        (Full.Region.Count, Full.Roles.Count, Full.AdditionalProperties!.Count).ShouldBe((1, 1, 1));
    }
}
