using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using static GptImage2.Backends.Tests.Sketch.SketchHost;

namespace GptImage2.Backends.Tests.Sketch;

public sealed class SketchEditTests
{
    private static readonly string[] Roles = ["identity", "style", "environment", "object", "layout"];

    [Theory]
    [InlineData(480, 1440, 16)]
    [InlineData(1440, 480, 16)]
    [InlineData(320, 320, 7)]
    public async Task Draws_exactly_the_size_asked_for_with_any_number_of_references(int width, int height, int count)
    {
        var drawn = await EditAsync(new Dimensions(width, height), [.. References(count)]);

        SizeOf(drawn.ShouldHaveSingleItem()).ShouldBe(new Dimensions(width, height));
    }

    [Fact]
    public async Task Keeps_the_base_but_for_a_touch_on_every_pixel()
    {
        var sent = Photograph(320, 240);

        var drawn = await EditAsync(new Dimensions(320, 240), sent);

        var (before, after) = (Pixels(sent.Image), Pixels(drawn[0]));
        var apart = Enumerable.Range(0, 320 * 240).Select(pixel => ChannelDifference(before, after, pixel)).ToArray();
        apart[..(320 * 8)].Min(pixel => pixel.Least).ShouldBeGreaterThan(0);
        apart[..(320 * 8)].Max(pixel => pixel.Most).ShouldBeLessThanOrEqualTo(6);
        apart.Max(pixel => pixel.Most).ShouldBeGreaterThan(100, "the card with the prompt");
    }

    [Fact]
    public async Task Fits_a_base_of_another_shape_by_covering_the_canvas()
    {
        var drawn = await EditAsync(new Dimensions(640, 640), Photograph(300, 100));

        var left = Pixels(drawn[0])[0];
        ((int)left).ShouldBeInRange(85 - 8, 85 + 8, "a third of the base is cut off on the left");
    }

    [Fact]
    public async Task The_base_is_the_image_whose_role_says_so()
    {
        var drawn = await EditAsync(new Dimensions(640, 640), Photograph(640, 640, "style", light: 255), Photograph(640, 640, "base"));

        Pixels(drawn[0])[2].ShouldBeLessThan((byte)8, "the style is blue, the base is not");
    }

    [Fact]
    public async Task Without_a_base_the_ground_is_the_palettes()
    {
        var one = await EditAsync(new Dimensions(320, 240), "a red barn, crimson light, fire", Photograph(64, 64, "style", light: 255));

        var pixels = Pixels(one[0]);
        pixels[0].ShouldBeGreaterThan(pixels[2]);
    }

    [Fact]
    public async Task The_same_images_give_the_same_sketch_and_others_another()
    {
        RenderInputImage[] references = [Photograph(320, 240), .. References(2)];

        var once = await EditAsync(new Dimensions(320, 240), references);
        var again = await EditAsync(new Dimensions(320, 240), references);
        var other = await EditAsync(new Dimensions(320, 240), [.. references[..2], Photograph(61, 60, "style", light: 90)]);

        again[0].ShouldBe(once[0]);
        other[0].ShouldNotBe(once[0]);
    }

    [Fact]
    public async Task Each_of_several_differs()
    {
        var sent = Photograph(320, 240);
        var request = new EditRequest { Prompt = "snow", Size = new Dimensions(320, 240), References = [CreateReference("base")], Count = 2 };

        var drawn = await DrawAsync(request, new RenderInputs([sent], null));

        Pixels(drawn[0])[..4000].ShouldNotBe(Pixels(drawn[1])[..4000]);
    }

    [Fact]
    public async Task A_transparent_edit_can_be_seen_through()
    {
        var request = new EditRequest { Prompt = "snow", Size = new Dimensions(320, 240), References = [CreateReference("base")], Background = ImageBackground.Transparent };

        var drawn = await DrawAsync(request, new RenderInputs([Photograph(320, 240)], null));

        Pixels(drawn[0])[3].ShouldBe((byte)0);
    }

    private static IEnumerable<RenderInputImage> References(int count) =>
        Enumerable.Range(0, count).Select(index => Photograph(40 + (index * 9), 60, Roles[index % Roles.Length]));

    private static Task<IReadOnlyList<byte[]>> EditAsync(Dimensions size, params IReadOnlyList<RenderInputImage> images) => EditAsync(size, "snow", images);

    private static Task<IReadOnlyList<byte[]>> EditAsync(Dimensions size, string prompt, params IReadOnlyList<RenderInputImage> images) => DrawAsync(
        new EditRequest { Prompt = prompt, Size = size, References = [.. images.Select(image => CreateReference(image.Caption))] },
        new RenderInputs(images, null));
}
