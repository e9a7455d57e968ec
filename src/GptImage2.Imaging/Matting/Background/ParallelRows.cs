using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>Goes through a picture's rows, several at a time; a row may write nothing that another one reads.</summary>
internal static class ParallelRows
{
    /// <summary>A step gets the row's number and the backdrop's colours along it, three values a pixel.</summary>
    internal delegate void RowAction(int y, ReadOnlySpan<float> behind);

    internal static void ForEach(RgbaBuffer pixels, BackgroundModel backdrop, RowAction step) => Parallel.For(
        0,
        pixels.Height,
        () => new float[pixels.Width * 3],
        (y, _, behind) =>
        {
            backdrop.ColourField.EvaluateRow(y, behind);
            step(y, behind);
            return behind;
        },
        _ => { });
}
