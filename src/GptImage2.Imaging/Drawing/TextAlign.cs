namespace GptImage2.Imaging.Drawing;

/// <summary>Where the lines of a text meet.</summary>
public enum TextAlign
{
    Left,
    Centre,
    Right,
}
