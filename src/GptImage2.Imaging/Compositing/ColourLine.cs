using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Compositing;

/// <summary>A gain and an offset for one channel, over values of 0 to 255.</summary>
internal readonly record struct ColourLine(double Gain, double Offset)
{
    internal double Map(double value) => (Gain * value) + Offset;

    /// <summary>The image with each channel mapped by its line, rounded, in its own bit depth. Streams.</summary>
    internal static VipsImage Apply(IReadOnlyList<ColourLine> lines, VipsImage image)
    {
        var depth = image.Format is VipsBandFormat.UShort ? 257 : 1;
        // A cast cuts off what is behind the point.
        using var mapped = new VipsOperation("linear").With("in", image)
            .With("a", [.. lines.Select(line => line.Gain)]).With("b", [.. lines.Select(line => (line.Offset * depth) + 0.5)]).ToImage();
        return mapped.Cast(image.Format).Pipe(whole => whole.WithInterpretationAndProfileOf(image));
    }
}
