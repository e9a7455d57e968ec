namespace GptImage2.Imaging.Drawing;

/// <summary>Which scripts texts can be drawn in with the fonts of this machine.</summary>
public static class FontCoverage
{
    /// <summary>No character has this number (Unicode 17, 2025), so that it is drawn as a box of digits.</summary>
    private const string NoCharacter = "\u0378";

    private static readonly TextStyle Style = new() { Size = 40 };

    /// <summary>Two letters of each, which are as wide and high as that box only where they are one themselves.</summary>
    private static readonly (string Script, string One, string Other)[] Scripts =
    [
        ("Chinese", "汉", "中"),
        ("Japanese", "あ", "カ"),
        ("Korean", "한", "국"),
        ("Hindi", "ह", "म"),
        ("Thai", "ก", "ม"),
        ("Arabic", "ع", "ب"),
        ("Hebrew", "ש", "ל"),
    ];

    /// <summary>Those whose letters would be boxes of digits.</summary>
    /// <exception cref="ImagingUnavailableException">libvips cannot be loaded.</exception>
    public static IReadOnlyList<string> FindMissingScripts()
    {
        var box = Measure(NoCharacter);
        return [.. Scripts.Where(script => Measure(script.One) == box && Measure(script.Other) == box).Select(script => script.Script)];
    }

    private static Dimensions Measure(string text)
    {
        using var drawn = TextRenderer.Render(text, Style);
        return new Dimensions(drawn.Width, drawn.Height);
    }
}
