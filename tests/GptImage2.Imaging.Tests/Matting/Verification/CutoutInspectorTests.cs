using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Matting.Verification;
using GptImage2.Imaging.Testing.Matting;

namespace GptImage2.Imaging.Tests.Matting.Verification;

public sealed class CutoutInspectorTests
{
    private static readonly Colour Red = new(210, 40, 30);

    public static TheoryData<string> EveryBackdrop() => [.. Backdrops.All.Select(backdrop => backdrop.Name)];

    [Theory]
    [MemberData(nameof(EveryBackdrop))]
    public void A_cut_without_a_flaw_raises_nothing_but_where_it_is_cropped(string name)
    {
        var backdrop = Backdrops.All.Single(one => one.Name == name);
        foreach (var subject in Composites.Names)
        {
            var report = Cutouts.Inspect(Composites.Get(subject), _ => { }, SceneComposer.Compose(Composites.Get(subject), backdrop));

            report.Findings.Select(finding => finding.Kind).ShouldBe(subject is "white shirt" ? [CutoutFindingKind.EdgeContact] : [], subject);
        }
    }

    [Theory]
    [InlineData("disc", CutoutProfile.Icon)]
    [InlineData("logo", CutoutProfile.Icon)]
    [InlineData("rice", CutoutProfile.Product)]
    [InlineData("white fur", CutoutProfile.Product)]
    [InlineData("black lamp", CutoutProfile.Product)]
    [InlineData("cartoon", CutoutProfile.Sticker)]
    [InlineData("envelope", CutoutProfile.Sticker)]
    [InlineData("glass", CutoutProfile.Translucent)]
    [InlineData("bubble", CutoutProfile.Translucent)]
    [InlineData("soft shadow", CutoutProfile.Shadow)]
    [InlineData("product", CutoutProfile.Shadow)]
    public void What_it_is_taken_for_follows_from_how_it_looks(string subject, CutoutProfile profile) =>
        Cutouts.Inspect(Composites.Get(subject), _ => { }).Profile.ShouldBe(profile);

    [Theory]
    [InlineData("disc")]
    [InlineData("rice")]
    [InlineData("cartoon")]
    [InlineData("glass")]
    [InlineData("product")]
    public void Specks_are_counted_and_the_largest_is_shown(string name)
    {
        var subject = Composites.Get(name);
        PixelArea[] specks = [new(3, 9, new Dimensions(3, 2)), new(subject.Width - 12, 4, new Dimensions(1, 1)), new(12, 40, new Dimensions(2, 2))];

        var report = Cutouts.Inspect(subject, pixels => Array.ForEach(specks, speck => Cutouts.Fill(pixels, subject.Width, speck, (_, _) => Red)));

        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Count, finding.Area).ShouldBe((CutoutFindingKind.StrayPixels, 3, specks[0]));
    }

    /// <summary>From white to dark ink is nearly the way from white to blue.</summary>
    [Theory]
    [InlineData(0x00, 0x47, 0xFF)]
    [InlineData(0x00, 0xB1, 0x40)]
    [InlineData(0xFF, 0x00, 0xB8)]
    public void A_dark_outline_is_no_rim_of_a_saturated_backdrop(byte red, byte green, byte blue)
    {
        var subject = new SubjectDrawing(300).Disc(150, 150, 100).Fill(new Colour(26, 35, 51)).Disc(150, 150, 97).Fill(Colour.White).Disc(150, 150, 80).Fill((x, y) => (new Colour((byte)(120 + (x % 90)), (byte)(y % 200), 90), 1));

        Cutouts.Inspect(subject, _ => { }, SceneComposer.Compose(subject, new Colour(red, green, blue))).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_speck_that_nobody_sees_is_one_beside_an_icon_only()
    {
        static CutoutReport Inspect(string name) => Cutouts.Inspect(
            Composites.Get(name), pixels => Cutouts.Fill(pixels, Composites.Get(name).Width, new PixelArea(8, 8, new Dimensions(2, 1)), (_, _) => Red with { Alpha = 30 }));

        Inspect("rice").Findings.ShouldBeEmpty();
        Inspect("disc").Findings.ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    /// <summary>The picture is searched at its own size, of which each row of cells is some 30 pixels.</summary>
    [Fact]
    public void In_a_large_picture_a_speck_is_found_at_its_place()
    {
        var size = new Dimensions(4000, 3000);
        var pixels = new byte[size.PixelCount * 4];
        Cutouts.Fill(pixels, size.Width, new PixelArea(1000, 800, new Dimensions(2000, 1500)), (x, y) => new Colour((byte)(x / 16), (byte)(y / 12), (byte)(x * y)));
        var speck = new PixelArea(3771, 2903, new Dimensions(3, 5));
        Cutouts.Fill(pixels, size.Width, speck, (_, _) => Red);

        var finding = Cutouts.Inspect(size, pixels).Findings.ShouldHaveSingleItem();

        (finding.Kind, finding.Count, finding.Area).ShouldBe((CutoutFindingKind.StrayPixels, 1, speck));
    }

    [Theory]
    [InlineData("disc", "green", true)]
    [InlineData("leaf", "white", true)]
    [InlineData("leaf", "black", false)]
    [InlineData("logo", "paper, JPEG 80", true)]
    [InlineData("rice", "green, noise 4, JPEG 75", false)]
    [InlineData("white shirt", "magenta, JPEG 80", false)]
    [InlineData("product", "black, JPEG 80", false)]
    [InlineData("pale", "black, JPEG 80", false)]
    public void A_rim_of_the_old_backdrop_is_found(string name, string backdrop, bool light)
    {
        var subject = Composites.Get(name);
        var scene = SceneComposer.Compose(subject, Backdrops.All.Single(one => one.Name == backdrop));
        foreach (var wider in (int[])[1, 2])
        {
            var finding = Cutouts.Inspect(subject.Size, Cutouts.CutPoorly(subject, scene, wider), scene).Findings.Single(finding => finding.Kind is CutoutFindingKind.Halo);

            finding.Share.ShouldNotBeNull().ShouldBeGreaterThan(0.9);
            finding.Light.ShouldBe(light);
        }
    }

    /// <summary>Alpha is right, and the backdrop was not taken out of the colours.</summary>
    [Theory]
    [InlineData("disc", "green")]
    [InlineData("ring", "white")]
    [InlineData("logo", "green cloth with folds, noise 2")]
    [InlineData("text", "magenta, JPEG 80")]
    [InlineData("rice", "black")]
    public void A_soft_edge_that_kept_the_backdrops_light_is_a_rim(string name, string backdrop)
    {
        var subject = Composites.Get(name);
        var scene = SceneComposer.Compose(subject, Backdrops.All.Single(one => one.Name == backdrop));

        Cutouts.Inspect(subject.Size, Cutouts.CutPoorly(subject, scene, 0), scene).Findings.ShouldContain(finding => finding.Kind == CutoutFindingKind.Halo);
    }

    [Fact]
    public void Without_an_original_of_the_same_shape_that_is_no_cutout_itself_rims_are_not_judged()
    {
        var subject = Composites.Get("disc");
        var scene = SceneComposer.Compose(subject, Backdrops.All[0]);
        var poor = Cutouts.CutPoorly(subject, scene, 2);
        using var opened = Image.Open(scene);
        using var wide = opened.Crop(0, 0, new Dimensions(subject.Width, subject.Height / 2));
        using var large = opened.Resize(new Dimensions(subject.Width * 2, subject.Height * 2));

        Cutouts.Inspect(subject.Size, poor).Findings.ShouldBeEmpty();
        Cutouts.Inspect(subject.Size, poor, wide.Encoded()).Findings.ShouldBeEmpty();
        Cutouts.Inspect(subject.Size, poor, Cutouts.Encode(subject.Size, poor)).Findings.ShouldBeEmpty();
        Cutouts.Inspect(subject.Size, poor, large.Encoded()).Findings.ShouldHaveSingleItem().Kind.ShouldBe(CutoutFindingKind.Halo);
    }

    [Fact]
    public void Where_the_subject_is_cropped_each_border_is_told_with_what_is_covered_of_it()
    {
        var size = new Dimensions(400, 300);
        var pixels = new byte[size.PixelCount * 4];
        Cutouts.Fill(pixels, size.Width, new PixelArea(0, 100, new Dimensions(200, 200)), (x, y) => new Colour((byte)x, (byte)y, (byte)(x * y)));

        var finding = Cutouts.Inspect(size, pixels).Findings.ShouldHaveSingleItem();

        finding.Kind.ShouldBe(CutoutFindingKind.EdgeContact);
        finding.Borders.ShouldBe([new BorderContact(ImageEdges.Bottom, 0.5), new BorderContact(ImageEdges.Left, 0.667)]);
    }

    [Fact]
    public void What_is_left_of_a_backdrop_and_a_shadow_that_runs_out_crop_nothing()
    {
        var subject = Composites.Get("product");

        var report = Cutouts.Inspect(subject, pixels =>
        {
            Cutouts.Fill(pixels, subject.Width, new PixelArea(0, 20, new Dimensions(9, 14)), (_, _) => Red);
            Cutouts.Fill(pixels, subject.Width, new PixelArea(0, subject.Height - 20, new Dimensions(subject.Width, 20)), (_, _) => new Colour(0, 0, 0, 90));
        });

        report.Findings.ShouldBeEmpty();
        report.Profile.ShouldBe(CutoutProfile.Shadow);
    }

    [Theory]
    [InlineData(8, 255, 204, null)]
    [InlineData(10, 255, 230, null)]
    [InlineData(13, 102, 64, null)]
    [InlineData(16, 250, 200, 80)]
    public void A_checkerboard_in_a_hole_is_found(int square, byte light, byte dark, int? jpeg)
    {
        var ring = Composites.Get("ring");
        using var board = Image.FromPixels(ring.Size, Checkerboard(ring.Size, square, light, dark));
        using var flat = board.Flatten(Colour.White);
        using var painted = Image.Open(EncodedImage.FromMemory(flat.Encode(jpeg is { } quality ? new SaveOptions { Format = ImageFormat.Jpeg, Quality = quality } : new SaveOptions { Format = ImageFormat.Png })));
        var squares = painted.ToRgbaBytes();

        var report = Cutouts.Inspect(ring, pixels => FillHole(pixels, squares));

        var area = report.Findings.Where(finding => finding.Kind is CutoutFindingKind.Checkerboard).ShouldHaveSingleItem().Area.ShouldNotBeNull();
        area.Intersect(new PixelArea(110, 110, new Dimensions(70, 70))).ShouldBe(new PixelArea(110, 110, new Dimensions(70, 70)), "the middle of the hole");
    }

    [Theory]
    [InlineData("chess")]
    [InlineData("stripes")]
    [InlineData("noise")]
    [InlineData("tartan")]
    public void What_only_resembles_a_checkerboard_is_none(string pattern)
    {
        var random = new Random(5);
        Func<int, int, Colour> paint = pattern switch
        {
            "chess" => (x, y) => ((x / 16) + (y / 16)) % 2 == 0 ? Colour.White : new Colour(20, 20, 20),
            "stripes" => (x, _) => x / 8 % 2 == 0 ? Colour.White : new Colour(200, 200, 200),
            "noise" => (_, _) => (byte)random.Next(150, 256) is var grey ? new Colour(grey, grey, grey) : default,
            _ => (x, y) => (byte)(255 - (30 * (x / 12 % 2)) - (30 * (y / 12 % 2))) is var grey ? new Colour(grey, grey, grey) : default,
        };

        Cutouts.Inspect(Composites.Get("ring"), pixels => Cutouts.Fill(pixels, 288, new PixelArea(90, 90, new Dimensions(108, 108)), paint))
            .Findings.ShouldNotContain(finding => finding.Kind == CutoutFindingKind.Checkerboard);
    }

    [Fact]
    public void An_icon_that_is_half_transparent_inside_is_told_with_the_place()
    {
        var patch = new PixelArea(120, 130, new Dimensions(24, 20));

        var finding = Cutouts.Inspect(Composites.Get("disc"), pixels => Cutouts.Fill(pixels, 288, patch, (_, _) => new Colour(230, 120, 30, 128))).Findings.ShouldHaveSingleItem();

        finding.Kind.ShouldBe(CutoutFindingKind.SeeThrough);
        finding.Area.ShouldNotBeNull().Intersect(patch).ShouldBe(finding.Area);
        finding.Share.ShouldNotBeNull().ShouldBeInRange(0.004, 0.02);
    }

    [Fact]
    public void A_sticker_whose_outline_is_broken_is_told_with_the_place()
    {
        var gap = new PixelArea(300, 185, new Dimensions(30, 18));

        var report = Cutouts.Inspect(Composites.Get("cartoon"), pixels => Cutouts.Fill(pixels, 384, gap, (x, y) => pixels[(((y * 384) + x) * 4) + 3] > 250 ? new Colour(250, 210, 60) : Colour.Transparent));

        report.Profile.ShouldBe(CutoutProfile.Sticker);
        var finding = report.Findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(CutoutFindingKind.OpenOutline);
        finding.Area.ShouldNotBeNull().Intersect(gap).ShouldBe(finding.Area);
    }

    [Fact]
    public void What_is_not_transparent_is_not_inspected()
    {
        using var opaque = Image.FromColour(new Dimensions(40, 40), Red);

        var (alpha, cutout) = CutoutInspector.Inspect(opaque.Encoded());

        (alpha.TransparentShare, cutout).ShouldBe((0, null));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 200)]
    [InlineData(3, 3)]
    [InlineData(20, 9)]
    public void The_smallest_and_the_emptiest_pictures_are_inspected_too(int width, int height)
    {
        var size = new Dimensions(width, height);
        var half = new byte[size.PixelCount * 4];
        Cutouts.Fill(half, width, new PixelArea(0, 0, new Dimensions(width, (height + 1) / 2)), (_, _) => Red with { Alpha = 240 });

        Cutouts.Inspect(size, new byte[size.PixelCount * 4]).Findings.ShouldBeEmpty();
        Should.NotThrow(() => Cutouts.Inspect(size, half, Cutouts.Encode(size, half)));
    }

    private static byte[] Checkerboard(Dimensions size, int square, byte light, byte dark)
    {
        var pixels = new byte[size.PixelCount * 4];
        Cutouts.Fill(pixels, size.Width, PixelArea.FromSize(size), (x, y) => ((x / square) + (y / square)) % 2 == 0 ? new Colour(light, light, light) : new Colour(dark, dark, dark));
        return pixels;
    }

    private static void FillHole(byte[] pixels, byte[] squares) => Cutouts.Fill(pixels, 288, new PixelArea(84, 84, new Dimensions(120, 120)), (x, y) =>
    {
        var place = ((y * 288) + x) * 4;
        var inHole = ((x - 144) * (x - 144)) + ((y - 144) * (y - 144)) < 57 * 57;
        return inHole ? new Colour(squares[place], squares[place + 1], squares[place + 2]) : new Colour(pixels[place], pixels[place + 1], pixels[place + 2], pixels[place + 3]);
    });
}
