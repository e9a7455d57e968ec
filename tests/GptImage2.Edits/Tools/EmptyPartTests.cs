using GptImage2.Edits.Hosts;
using GptImage2.Imaging;
using GptImage2.Testing.Images;

namespace GptImage2.Edits.Tools;

/// <summary>A new thing in an empty part of a sprite comes cut out, not in a box.</summary>
public sealed class EmptyPartTests(EditToolsFixture bench) : IClassFixture<EditToolsFixture>
{
    private const string Empty = """[{"x": 90, "y": 10, "width": 66, "height": 100, "units": "pixels"}]""";

    [Theory]
    [InlineData("a star", "pure green (#00B140)", 200, 40, 30)]
    [InlineData("a star", "pure magenta (#FF00B8)", 20, 170, 60)]
    [InlineData("eine grüne Zimmerpflanze", "pure magenta (#FF00B8)", 200, 200, 30)]
    public async Task It_is_asked_for_on_a_backdrop_that_neither_its_words_nor_the_sprite_have(string prompt, string backdrop, byte red, byte green, byte blue)
    {
        PutSprite("sprite.png", red, green, blue);

        var plan = await bench.CallSuccessfullyAsync("inpaint_region", $$"""{"prompt": "{{prompt}}", "image": "sprite.png", "region": {{Empty}}, "dry_run": true}""");

        plan.GetProperty("prompt").GetString()!.ShouldContain($"Image 1 is shown on a perfectly flat backdrop of one colour, {backdrop}");
        plan.GetProperty("warnings").ToString().ShouldContain($"The region is mostly transparent, so what is drawn there is asked for on a backdrop of {backdrop} and cut out of it.");
    }

    [Fact]
    public async Task Around_it_the_sprite_stays_transparent()
    {
        var sprite = PutSprite("sprite.png", 200, 40, 30);

        var made = await bench.CallSuccessfullyAsync("inpaint_region", $$"""{"prompt": "a star", "image": "sprite.png", "region": {{Empty}}, "view": "none"}""");

        var drawn = EditToolsFixture.Pixels(made.GetProperty("images")[0]);
        var inside = Positions().Where(at => IsInside(at.X, at.Y)).ToArray();
        Positions().Where(at => !IsInside(at.X, at.Y)).Count(at => !drawn[at.X, at.Y].SequenceEqual(sprite[at.X, at.Y])).ShouldBe(0);
        (inside.Count(at => drawn[at.X, at.Y][3] == 0) / (double)inside.Length).ShouldBeInRange(0.2, 0.8);
        (inside.Count(at => drawn[at.X, at.Y][3] == 255) / (double)inside.Length).ShouldBeInRange(0.2, 0.8);
        made.GetProperty("warnings").ToString().ShouldNotContain("became opaque");
    }

    /// <summary>What a model made of it is paid for, so it is delivered, and the result says what it is.</summary>
    [Fact]
    public async Task A_scene_in_place_of_the_backdrop_is_pasted_as_it_is_and_told()
    {
        await using var client = await ServerHost.StartAsync();
        client.Service.DrawImage = (order, index) => NoisePng.Create(order.Size, index);
        client.Put("sprite.png", PutSprite("sprite.png", 200, 40, 30).Encode(alpha: true));

        var made = await client.CallAsync("inpaint_region", $$"""{"prompt": "a star", "image": "sprite.png", "region": {{Empty}}, "quality": "low", "view": "none"}""");

        ServerHost.Status(made).ShouldBe("done");
        ServerHost.Warnings(made).ShouldContain("What was drawn could not be cut out of its backdrop of pure green (#00B140) (expected");
        ServerHost.Warnings(made).ShouldContain("became opaque");
        EditToolsFixture.Pixels(made.GetProperty("images")[0])[120, 60][3].ShouldBe((byte)255);
    }

    /// <summary>A box of the backdrop's colour is no edit, and what the caller has stays untouched.</summary>
    [Fact]
    public async Task Nothing_but_the_backdrop_is_not_pasted_at_all()
    {
        await using var client = await ServerHost.StartAsync();
        client.Service.DrawImage = (order, _) => Paint(order.Size, (_, _) => [0, 177, 64, 255]);
        client.Put("sprite.png", PutSprite("sprite.png", 200, 40, 30).Encode(alpha: true));

        var made = await client.CallAsync("inpaint_region", $$"""{"prompt": "a star", "image": "sprite.png", "region": {{Empty}}, "quality": "low", "view": "none"}""");

        ServerHost.Warnings(made).ShouldContain("nothing but the backdrop was drawn; say in prompt what is to stand in the region");
        made.GetProperty("failure").GetProperty("message").GetString()!.ShouldContain("it could not be composited back into it. That image is untouched. The drawing is paid for");
    }

    /// <summary>Which is what a caller wants who has something erased, so it is done, and told.</summary>
    [Fact]
    public async Task A_region_in_which_nothing_is_drawn_is_transparent_and_that_is_told()
    {
        await using var client = await ServerHost.StartAsync();
        client.Service.DrawImage = (order, _) => Paint(order.Size, (x, y) => x < order.Size.Width * 0.3 && y > order.Size.Height / 3 ? [200, 40, 30, 255] : [0, 177, 64, 255]);
        client.Put("sprite.png", PutSprite("sprite.png", 200, 40, 30).Encode(alpha: true));

        var made = await client.CallAsync("inpaint_region", $$"""{"prompt": "erase it", "image": "sprite.png", "region": {{Empty}}, "quality": "low", "view": "none"}""");

        ServerHost.Status(made).ShouldBe("done");
        ServerHost.Warnings(made).ShouldContain("Nothing was drawn into the region, so it is transparent now.");
        EditToolsFixture.Pixels(made.GetProperty("images")[0])[120, 60][3].ShouldBe((byte)0);
    }

    /// <summary>Part of a picture that is there is changed as ever.</summary>
    [Theory]
    [InlineData("sprite.png", """[{"x": 30, "y": 40, "width": 40, "height": 40, "units": "pixels"}]""", "keep")]
    [InlineData("photo.png", Empty, "keep")]
    public async Task Elsewhere_there_is_no_backdrop(string image, string region, string outside)
    {
        PutSprite("sprite.png", 200, 40, 30);

        var plan = await bench.CallSuccessfullyAsync("inpaint_region", $$"""{"prompt": "a star", "image": "{{image}}", "region": {{region}}, "outside": "{{outside}}", "dry_run": true}""");

        plan.GetProperty("prompt").GetString()!.ShouldNotContain("backdrop");
        plan.GetProperty("warnings").ToString().ShouldNotContain("transparent");
    }

    [Fact]
    public async Task The_models_own_version_of_a_sprite_is_opaque_and_that_is_told_before()
    {
        PutSprite("sprite.png", 200, 40, 30);

        var plan = await bench.CallSuccessfullyAsync("inpaint_region", $$"""{"prompt": "a star", "image": "sprite.png", "region": {{Empty}}, "outside": "model", "dry_run": true}""");

        plan.GetProperty("prompt").GetString()!.ShouldNotContain("backdrop");
        ServerHost.Warnings(plan).ShouldMatch(@"outside model: \d+\s?% of the image is transparent, and the model's picture, which takes its place, is opaque\. outside keep draws into it");
    }

    /// <summary>What would be drawn beyond the outline is clipped, which nobody sees before it is paid for.</summary>
    [Fact]
    public async Task A_region_that_is_transparent_in_part_keeps_its_outline_and_that_is_told()
    {
        PutSprite("sprite.png", 200, 40, 30);

        var plan = await bench.CallSuccessfullyAsync(
            "inpaint_region", """{"prompt": "a parrot", "image": "sprite.png", "region": [{"x": 20, "y": 20, "width": 50, "height": 60, "units": "pixels"}], "dry_run": true}""");

        plan.GetProperty("warnings").ToString().ShouldMatch(@"\d+\s?% of the region is transparent and stays so: what is drawn keeps the outline that is there");
    }

    private static byte[] Paint(Dimensions size, Func<int, int, byte[]> paint) =>
        new PngPixels(size, [.. Enumerable.Range(0, size.Width * size.Height).SelectMany(place => paint(place % size.Width, place / size.Width))]).Encode(alpha: false);

    private static bool IsInside(int x, int y) => x is >= 90 and < 156 && y is >= 10 and < 110;

    private static IEnumerable<(int X, int Y)> Positions() => from y in Enumerable.Range(0, 120) from x in Enumerable.Range(0, 160) select (x, y);

    /// <summary>A disc at the left of nothing.</summary>
    private PngPixels PutSprite(string name, byte red, byte green, byte blue)
    {
        var sprite = EditToolsFixture.Draw((x, y) => ((x - 45) * (x - 45)) + ((y - 60) * (y - 60)) < 1500 ? [red, green, blue, 255] : [0, 0, 0, 0]);
        bench.Put(name, sprite.Encode(alpha: true));
        return sprite;
    }
}
