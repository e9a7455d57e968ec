using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>Processes the rows of an image in parallel; a row must not write what another one reads.</summary>
internal static class ParallelRows
{
    /// <summary>Gets the row's number and the background's colours along it, three values a pixel.</summary>
    internal delegate void RowAction(int y, ReadOnlySpan<float> colours);

    internal static void ForEach(RgbaBuffer pixels, BackgroundModel background, RowAction action) => Parallel.For(
        0,
        pixels.Height,
        () => new float[pixels.Width * 3],
        (y, _, colours) =>
        {
            background.ColourField.EvaluateRow(y, colours);
            action(y, colours);
            return colours;
        },
        _ => { });
}
