namespace GptImage2.Imaging;

/// <summary>A rectangle of pixels, counted from the top left corner.</summary>
public readonly record struct PixelArea(int Left, int Top, Dimensions Size)
{
    public bool IsInside(Dimensions whole) =>
        Left >= 0 && Top >= 0 && (long)Left + Size.Width <= whole.Width && (long)Top + Size.Height <= whole.Height;

    /// <summary>Where this rectangle of the upright picture lies in the image as stored.</summary>
    /// <param name="orientation">EXIF orientation, 1 to 8.</param>
    /// <param name="stored">Size of the image as stored.</param>
    internal PixelArea ToStoredOrientation(int orientation, Dimensions stored)
    {
        var upright = orientation < 5 ? this : new PixelArea(Top, Left, new Dimensions(Size.Height, Size.Width));
        var mirrored = orientation is 2 or 3 or 7 or 8;
        var flipped = orientation is 3 or 4 or 6 or 7;
        return upright with
        {
            Left = mirrored ? stored.Width - upright.Left - upright.Size.Width : upright.Left,
            Top = flipped ? stored.Height - upright.Top - upright.Size.Height : upright.Top,
        };
    }
}
