namespace GptImage2.Imaging.Drawing;

/// <summary>How text is drawn.</summary>
public sealed record TextStyle
{
    /// <summary>Font size in pixels; a capital letter is about 0.73 of it.</summary>
    public int Size { get; init; } = 16;

    public Colour Colour { get; init; } = Colour.Black;

    public bool Bold { get; init; }

    /// <summary>Lines are broken at this width in pixels; null never breaks.</summary>
    public int? MaxWidth { get; init; }

    /// <summary>Text that needs more than this height in pixels is shortened and ends in an ellipsis; null never shortens.</summary>
    public int? MaxHeight { get; init; }

    public TextAlign Align { get; init; } = TextAlign.Left;
}
