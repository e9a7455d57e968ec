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

    /// <summary>More than there are letters, of the narrowest kind, in as much width as the font is high.</summary>
    private const int MaxLettersPerSize = 8;

    private readonly TextStyle _style;
    private readonly int _capitalHeight;
    private readonly int _lineHeight;
    private readonly int _descent;
    private readonly int _spare;

    /// <param name="hasTallRoom">Whether lines of a script that is written higher, as Japanese is, get the room for as many.</param>
    internal BoardText(int size, Colour colour, bool bold = false, bool hasTallRoom = false)
    {
        _style = new TextStyle { Size = size, Colour = colour, Bold = bold };
        _capitalHeight = MeasureHeight(Strut);
        _lineHeight = MeasureHeight($"{Strut}\n{Strut}") - _capitalHeight;
        _descent = MeasureHeight($"{Strut}p") - _capitalHeight;

        // What hangs below the last line still belongs to it; one line more would need more than half a line, and one of this font a whole one.
        _spare = hasTallRoom ? _lineHeight * 9 / 10 : _lineHeight / 3;
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

        using var rendered = Image.FromText(WithStrut(text, width, most), _style with { MaxWidth = width });
        return Math.Clamp((int)Math.Round((rendered.Size.Height - _capitalHeight) / (double)_lineHeight), 1, most);
    }

    /// <summary>From the top of the capital letters to the lowest ink, and for every text of as many lines the same, unless a font of another script needs more; 0 for blank text.</summary>
    internal int CalculateHeight(string? text, int width, int most)
    {
        if (CountLines(text, width, most) is not (> 0 and var lines))
        {
            return 0;
        }

        using var rendered = Render(text!, width, most);
        return Math.Max(((lines - 1) * _lineHeight) + _capitalHeight + _descent, rendered.Size.Height - CapitalTop);
    }

    /// <summary>The text on a transparent background, with an ellipsis where it does not fit.</summary>
    internal Image Render(string text, int width, int lines)
    {
        var height = _capitalHeight + (lines * _lineHeight) + _spare;
        using var rendered = Image.FromText(WithStrut(text, width, lines), _style with { MaxWidth = width, MaxHeight = height });
        return rendered.Crop(0, _capitalHeight, new Dimensions(rendered.Size.Width, rendered.Size.Height - _capitalHeight));
    }

    /// <summary>What is certainly beyond the last line is left out: it would be laid out again and again to find where the ellipsis goes.</summary>
    private string WithStrut(string text, int width, int lines)
    {
        var (words, most) = (text.Trim(), (long)lines * width * MaxLettersPerSize / _style.Size);
        if (words.Length > most)
        {
            words = $"{words[..StringInfo.ParseCombiningCharacters(words).Last(start => start <= most)]}…";
        }

        return $"{Strut}\n{words}";
    }

    private int MeasureHeight(string text)
    {
        using var rendered = Image.FromText(text, _style);
        return rendered.Size.Height;
    }
}
