namespace GptImage2.Imaging.Testing.Matting;

/// <summary>A subject as a model draws it that was to repeat it and did not: bent, moved, or in other colours.</summary>
public sealed class RedrawnSubject : Subject
{
    /// <param name="how">In a word or two.</param>
    public static Subject Create(Subject original, string how) => how switch
    {
        "another subject" => new RedrawnSubject(SubjectDrawings.Get("leaf"), original.Size, (x, y) => (x, y), colour => colour),
        "mirrored" => new RedrawnSubject(original, original.Size, (x, y) => (original.Width - 1 - x, y), colour => colour),
        "moved" => new RedrawnSubject(original, original.Size, (x, y) => (x - 14, y + 9), colour => colour),
        "larger" => new RedrawnSubject(
            original, original.Size, (x, y) => (((x - (original.Width / 2)) * 0.92) + (original.Width / 2), ((y - (original.Height / 2)) * 0.92) + (original.Height / 2)), colour => colour),
        "recoloured" => new RedrawnSubject(original, original.Size, (x, y) => (x, y), colour => new Colour(colour.Blue, colour.Red, colour.Green)),
        "bent" => new RedrawnSubject(original, original.Size, (x, y) => (x + (4 * Math.Sin(y / 7.0)), y + (4 * Math.Cos(x / 9.0))), colour => colour),
        _ => throw new ArgumentOutOfRangeException(nameof(how), how, null),
    };

    /// <param name="from">Where in the original what is drawn at a place is taken from, in pixels; nothing beyond its edge.</param>
    /// <param name="colour">Of the original's.</param>
    public RedrawnSubject(Subject original, Dimensions size, Func<int, int, (double X, double Y)> from, Func<Colour, Colour> colour)
        : base(size)
    {
        for (var place = 0; place < PixelCount; place++)
        {
            var (x, y) = from(place % Width, place / Width);
            var (column, row) = ((int)Math.Round(x), (int)Math.Round(y));
            if (column >= 0 && row >= 0 && column < original.Width && row < original.Height && original.Alpha((row * original.Width) + column) is > 0 and var alpha)
            {
                BlendPixel(place, colour(ReadColour(original, (row * original.Width) + column, alpha)), alpha);
            }
        }
    }

    private static Colour ReadColour(Subject original, int place, float alpha) =>
        new(Level(original, place, 0, alpha), Level(original, place, 1, alpha), Level(original, place, 2, alpha));

    private static byte Level(Subject original, int place, int channel, float alpha) => (byte)Math.Clamp(Math.Round(original.CompositeOver(place, channel, 0) / alpha), 0, 255);
}
