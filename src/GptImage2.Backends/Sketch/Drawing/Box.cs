namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>A rectangle in pixels, or fractions of one.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    /// <summary>The shorter edge.</summary>
    public double Short => Math.Min(Width, Height);

    public Box Inset(double by) => new(Left + by, Top + by, Width - (2 * by), Height - (2 * by));

    public Box WithoutTop(double height) => new(Left, Top + height, Width, Height - height);

    /// <summary>One cell of a grid with gaps between its cells.</summary>
    public Box Cell(int index, int columns, int rows, double gap)
    {
        var (width, height) = ((Width - (gap * (columns - 1))) / columns, (Height - (gap * (rows - 1))) / rows);
        return new Box(Left + (index % columns * (width + gap)), Top + (index / columns * (height + gap)), width, height);
    }
}
