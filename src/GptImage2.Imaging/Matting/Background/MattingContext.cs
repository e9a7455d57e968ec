using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Background;

/// <summary>The working state of one background removal, filled in stage by stage.</summary>
internal sealed class MattingContext(RgbaBuffer pixels, BackgroundModel background, MattingThresholds thresholds)
{
    /// <summary>Area in pixels.</summary>
    private const int MaxSpeckSize = 48;

    internal RgbaBuffer Pixels => pixels;

    internal BackgroundModel Background => background;

    internal MattingThresholds Thresholds => thresholds;

    internal TrimapLabel[] Labels { get; } = new TrimapLabel[pixels.PixelCount];

    /// <summary>The result: red, green, blue, straight alpha, one byte each.</summary>
    internal byte[] Result { get; } = new byte[pixels.PixelCount * 4];

    /// <summary>How far a pixel is from the background's colour there, in levels of the channel that differs most.</summary>
    internal float DifferenceAt(int index) => pixels.ColourAt(index).MaxDifference(background.ColourField.EvaluateAt(index));

    internal void Relabel(ArraySegment<int> indices, TrimapLabel label)
    {
        foreach (var index in indices)
        {
            Labels[index] = label;
        }
    }

    /// <summary>Relabels small components that nothing is known of, and that differ from the background by noise alone.</summary>
    internal void RelabelSpecks(TrimapLabel label)
    {
        var most = (thresholds.IsNoisy ? 2 : 1) * thresholds.PossibleMatch;
        foreach (var component in new ConnectedComponents(Labels, pixels.Width).Find(TrimapLabel.Unknown, enclosed: false))
        {
            if (component.Count <= MaxSpeckSize && component.All(index => DifferenceAt(index) <= most))
            {
                Relabel(component, label);
            }
        }
    }

    /// <summary>The pixel so many steps away, to the left or right, or a row at a time up or down; -1 outside the image.</summary>
    internal int Step(int index, int direction, int steps)
    {
        var target = index + (direction * steps);
        return (uint)target < (uint)Labels.Length && (Math.Abs(direction) != 1 || target / pixels.Width == index / pixels.Width) ? target : -1;
    }

    /// <summary>The alpha of the result, one byte a pixel.</summary>
    internal byte[] CopyAlpha()
    {
        var alpha = new byte[pixels.PixelCount];
        for (var index = 0; index < alpha.Length; index++)
        {
            alpha[index] = Result[(index * 4) + 3];
        }

        return alpha;
    }

    /// <summary>Labels the marked pixels, except those that are background.</summary>
    internal void MarkTranslucent(bool[] marks)
    {
        for (var index = 0; index < marks.Length; index++)
        {
            Labels[index] = marks[index] && Labels[index] == TrimapLabel.Unknown ? TrimapLabel.Translucent : Labels[index];
        }
    }

    /// <summary>The share of what is visible, 0 to 1, that is enclosed and has the background's own colour.</summary>
    internal double MeasureEnclosed()
    {
        var (visible, enclosed) = (0, 0);
        for (var index = 0; index < Labels.Length; index++)
        {
            visible += Result[(index * 4) + 3] > 0 ? 1 : 0;
            enclosed += Labels[index] == TrimapLabel.Enclosed ? 1 : 0;
        }

        return (double)enclosed / Math.Max(1, visible);
    }

    internal void SetPixel(int index, Vector3 colour, float alpha)
    {
        var pixel = Result.AsSpan(index * 4, 4);
        (pixel[0], pixel[1], pixel[2], pixel[3]) = (ToByte(colour.X), ToByte(colour.Y), ToByte(colour.Z), ToByte(alpha * 255));
    }

    /// <summary>Processes rows in parallel, with the background's colours along each; a row must not write what another one reads.</summary>
    internal void ForEachRow(Action<int, ReadOnlySpan<Vector3>> action) => Parallel.For(
        0,
        pixels.Height,
        () => new Vector3[pixels.Width],
        (y, _, colours) =>
        {
            background.ColourField.EvaluateRow(y, colours);
            action(y, colours);
            return colours;
        },
        _ => { });

    /// <summary>Processes the pixels of one label likewise, with the background's colour behind each.</summary>
    internal void ForEachPixel(TrimapLabel label, Action<int, Vector3> action) => ForEachRow((y, colours) =>
    {
        for (var x = 0; x < colours.Length; x++)
        {
            var index = (y * colours.Length) + x;
            if (Labels[index] == label)
            {
                action(index, colours[x]);
            }
        }
    });

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
