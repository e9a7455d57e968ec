using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Imaging.Boards;

/// <summary>
/// Text of one size whose first lines stand at one height wherever it is put: a rendered text begins at the top of its ink, which is lower
/// for "once" than for "Once". So a capital letter goes first, on a line of its own that is cut away.
/// </summary>
internal sealed class BoardText
{
    private const string Strut = "H";

    private readonly TextStyle _style;
    private readonly int _capitalHeight;
    private readonly int _lineHeight;

    internal BoardText(int size, Colour colour, bool bold = false)
    {
        _style = new TextStyle { Size = size, Colour = colour, Bold = bold };
        _capitalHeight = MeasureHeight(Strut);
        _lineHeight = MeasureHeight($"{Strut}\n{Strut}") - _capitalHeight;
    }

    /// <summary>Where the capital letters of the first line begin, counted from the top of the rendered text.</summary>
    internal int CapitalTop => _lineHeight - _capitalHeight;

    internal int CapitalHeight => _capitalHeight;

    /// <summary>Lines that the text takes at this width; 0 for blank text.</summary>
    internal int CountLines(string? text, int width, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return 0;
        }

        using var rendered = Image.FromText(WithStrut(text), _style with { MaxWidth = width });
        return Math.Clamp((int)Math.Round((rendered.Size.Height - _capitalHeight) / (double)_lineHeight), 1, most);
    }

    /// <summary>The text on a transparent background, with an ellipsis where it does not fit.</summary>
    internal Image Render(string text, int width, int lines)
    {
        // What hangs below the last line still belongs to it; one line more would need more than half a line.
        var height = _capitalHeight + (lines * _lineHeight) + (_lineHeight / 3);
        using var rendered = Image.FromText(WithStrut(text), _style with { MaxWidth = width, MaxHeight = height });
        return rendered.Crop(0, _capitalHeight, new Dimensions(rendered.Size.Width, rendered.Size.Height - _capitalHeight));
    }

    private static string WithStrut(string text) => $"{Strut}\n{text.Trim()}";

    private int MeasureHeight(string text)
    {
        using var rendered = Image.FromText(text, _style);
        return rendered.Size.Height;
    }
}
