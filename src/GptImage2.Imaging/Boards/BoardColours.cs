using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Boards;

/// <summary>Of what is around the images. Text is legible on all of them.</summary>
internal static class BoardColours
{
    internal static readonly Colour Paper = new(0xEE, 0xEF, 0xF1);

    /// <summary>Beside an image that does not fill its cell, and where there is none.</summary>
    internal static readonly Colour Mat = new(0xE0, 0xE2, 0xE5);

    internal static readonly Colour Ink = new(0x1D, 0x20, 0x24);

    internal static readonly Colour ShotStrip = new(0xCF, 0xD7, 0xE2);

    internal static readonly Colour DialogueStrip = new(0xFB, 0xF4, 0xDF);

    internal static Image Fill(Dimensions size, Colour colour)
    {
        using var blank = Image.FromColour(size, colour);
        return blank.Flatten(colour);
    }
}
