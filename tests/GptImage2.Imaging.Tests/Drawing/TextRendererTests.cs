using FsCheck;
using FsCheck.Fluent;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Imaging.Tests.Drawing;

public sealed class TextRendererTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("\0\u0001\u001b[31m")]
    [InlineData("\ud800 alone \udc00")]
    [InlineData("<b>&lt;not, markup</b> & so on, \"quoted\"")]
    [InlineData("e\u0301 \u202e right to left \u202c 漢字 😀 العربية")]
    [InlineData("\ufffe\uffff\ufdd0")]
    public void Draws_any_string(string text)
    {
        using var image = Image.FromText(text, new TextStyle { Size = 20 });

        image.ToRgbaBytes().Length.ShouldBe((int)image.Size.PixelCount * 4);
    }

    /// <summary>Whatever is installed: where a font lacks a script, its other letters are boxes like that of another number without a character.</summary>
    [Theory]
    [InlineData("Hebrew", "ם")]
    [InlineData("Korean", "학")]
    [InlineData("Thai", "ญ")]
    [InlineData("Japanese", "む")]
    public void A_script_without_a_font_is_known(string script, string letter)
    {
        using var drawn = TextRenderer.RenderCoverage(letter, new TextStyle { Size = 40 });
        using var box = TextRenderer.RenderCoverage("\u0379", new TextStyle { Size = 40 });

        FontCoverage.FindMissingScripts().Contains(script).ShouldBe((drawn.Width, drawn.Height) == (box.Width, box.Height));
    }

    [Fact]
    public void Becomes_smaller_before_it_is_cut_short()
    {
        var style = new TextStyle { Size = 40, MaxWidth = 300, MaxHeight = 120 };
        var words = string.Join(' ', Enumerable.Repeat("lighthouse", 12));

        using var cut = Image.FromText(words, style);
        using var whole = Image.FromText(words, style with { MinSize = 8 });
        using var other = Image.FromText(words[..^1] + "d", style with { MinSize = 8 });

        (cut.Size.Height <= 120, whole.Size.Height <= 120).ShouldBe((true, true));
        whole.ToRgbaBytes().ShouldNotBe(other.ToRgbaBytes(), "the last letter can be read");
        TooLongToShrink().ShouldBeLessThanOrEqualTo(120);

        int TooLongToShrink()
        {
            using var image = Image.FromText(string.Join(' ', Enumerable.Repeat(words, 10)), style with { MinSize = 20 });
            return image.Size.Height;
        }
    }

    [Fact]
    public void Markup_is_drawn_as_it_is_written()
    {
        using var plain = Image.FromText("x", new TextStyle { Size = 20 });
        using var marked = Image.FromText("<i>x</i>", new TextStyle { Size = 20 });

        marked.Size.Width.ShouldBeGreaterThan(plain.Size.Width * 4);
    }

    [Fact]
    public void Breaks_lines_and_shortens()
    {
        var style = new TextStyle { Size = 20, MaxWidth = 150, MaxHeight = 60 };
        using var image = Image.FromText(string.Join(' ', Enumerable.Repeat("lighthouse", 200)), style);

        image.Size.Width.ShouldBeLessThanOrEqualTo(150);
        image.Size.Height.ShouldBeInRange(30, 60);
    }

    [Fact]
    public void Is_drawn_in_its_colour()
    {
        using var image = Image.FromText("█", new TextStyle { Size = 40, Colour = new Colour(200, 30, 60) });

        image.PixelAt(image.Size.Width / 2, image.Size.Height / 2).ShouldBeNear(new Colour(200, 30, 60));
    }

    [Fact]
    public void Every_string_whatever_can_be_drawn() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60).WithQuietOnSuccess(true),
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Drawable(text ?? "")));

    private static bool Drawable(string text)
    {
        using var image = Image.FromText(text, new TextStyle { Size = 12, MaxWidth = 200, MaxHeight = 40 });
        return image.Size.Height <= 40;
    }
}
