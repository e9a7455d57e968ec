using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.Sketch;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Rendering;

namespace GptImage2.Backends.Tests.Sketch;

public sealed class SketchBackendTests
{
    private static readonly RequestValidator NoRules = new([]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1024, 1024, ImageFormat.Png)]
    [InlineData(1440, 480, ImageFormat.Webp)]
    [InlineData(480, 1440, ImageFormat.Jpeg)]
    public async Task Draws_exactly_the_size_and_format_asked_for(int width, int height, ImageFormat format)
    {
        var drawn = await DrawAsync(Request("a lighthouse") with { Size = new(width, height), Delivery = new() { Format = format } });

        var info = ImageHeader.Read(EncodedImage.FromMemory(drawn.ShouldHaveSingleItem()));
        (info.Size, info.Format).ShouldBe((new Dimensions(width, height), format));
    }

    [Fact]
    public async Task The_same_request_gives_the_same_image_and_each_of_several_its_own()
    {
        var once = await DrawAsync(Request("a lighthouse") with { Count = 2 });
        var again = await DrawAsync(Request("a lighthouse") with { Count = 2 });

        once.ShouldBe(again);
        once[0].ShouldNotBe(once[1]);
    }

    [Theory]
    [InlineData("a red barn under a red sky of red", 0)]
    [InlineData("green grass, green forest, emerald lime", 1)]
    [InlineData("blue ocean, blue navy, indigo sea", 2)]
    public async Task The_colours_that_the_prompt_names_rule_the_image(string prompt, int channel)
    {
        var drawn = await DrawAsync(Request(prompt));

        using var image = Image.Open(EncodedImage.FromMemory(drawn[0]));
        using var small = image.Resize(new Dimensions(16, 10));
        var pixels = small.ToRgbaBytes();
        var sums = Enumerable.Range(0, 3).Select(offset => Enumerable.Range(0, pixels.Length / 4).Sum(pixel => pixels[(pixel * 4) + offset])).ToArray();
        Array.IndexOf(sums, sums.Max()).ShouldBe(channel);
    }

    [Fact]
    public async Task A_transparent_sketch_can_be_seen_through()
    {
        var drawn = await DrawAsync(Request("a lighthouse") with { Background = ImageBackground.Transparent });

        using var image = Image.Open(EncodedImage.FromMemory(drawn[0]));
        image.ToRgbaBytes()[3].ShouldBe((byte)0);
    }

    [Theory]
    [InlineData("<b>not & markup</b> %s {0}")]
    [InlineData("\u0000\u0001 \ud800 \uffff")]
    [InlineData("日本語のプロンプト 🦊 عربى")]
    public async Task Any_prompt_is_only_text(string prompt) => (await DrawAsync(Request(prompt))).ShouldHaveSingleItem();

    [Fact]
    public async Task A_prompt_of_any_length_fits_its_card() => (await DrawAsync(Request(string.Concat(Enumerable.Repeat("word ", 6_000))))).ShouldHaveSingleItem();

    [Fact]
    public async Task Fails_when_told_to_and_costs_nothing()
    {
        var failure = await Should.ThrowAsync<ImageException>(() => DrawAsync(Request("a fox"), new SketchOptions { Fails = true }));

        failure.Failure.Billed.ShouldBe(Billing.No);
    }

    private static GenerateRequest Request(string prompt) => new() { Prompt = prompt, Size = new Dimensions(1024, 640) };

    private static async Task<IReadOnlyList<byte[]>> DrawAsync(GenerateRequest request, SketchOptions? options = null)
    {
        var backend = new SketchBackend(OpenAIModels.Resolve(OpenAIModels.Default), options ?? new SketchOptions(), TimeProvider.System);
        var sink = new InMemoryRenderSink();
        await backend.RenderAsync(NoRules.Validate<ImageRequest>(request, backend.Profile), RenderInputs.None, sink, Cancellation);
        return sink.Images;
    }
}
