namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>A mannequin: legs, arms, a body and a head that looks where its view says.</summary>
internal static class SketchFigure
{
    /// <summary>In heads from the middle and from the top, in the order of drawing.</summary>
    private static readonly Box[] Parts =
    [
        new(-0.64, 2.9, 0.6, 3.6), new(0.04, 2.9, 0.6, 3.6), new(-1.2, 1.25, 0.46, 2.6), new(0.74, 1.25, 0.46, 2.6), new(-0.86, 1.1, 1.72, 2.5), new(-0.16, 0.8, 0.32, 0.4), new(-0.46, 0, 0.92, 1.04),
    ];

    /// <param name="at">The middle of the head's top.</param>
    /// <param name="head">Its height in pixels.</param>
    /// <param name="view">As prompts call it: front, side, back and so on; else front.</param>
    public static void Draw(SketchCanvas canvas, (double X, double Y) at, double head, string view, double line, Colour fill, Colour ink)
    {
        var narrow = view is "side" or "profile" ? 0.7 : 1;
        foreach (var part in Parts)
        {
            var box = new Box(at.X + (part.Left * head * narrow), at.Y + (part.Top * head), part.Width * head * narrow, part.Height * head);
            canvas.Draw(box, 0.5 * head, fill, Math.Min(line, head * 0.09), ink);
        }

        double[] eyes = view switch { "back" or "rear" => [], "side" or "profile" => [0.22], { Length: > 0 } when view[0] is 't' or '3' => [0, 0.27], _ => [-0.18, 0.18] };
        foreach (var eye in eyes)
        {
            canvas.Draw(new Box(at.X + ((eye - 0.045) * head), at.Y + (0.44 * head), 0.09 * head, 0.09 * head), head, ink);
        }
    }
}
