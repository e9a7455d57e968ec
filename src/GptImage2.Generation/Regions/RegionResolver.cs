using System.Diagnostics;
using System.Globalization;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Masks;

namespace GptImage2.Generation.Regions;

/// <summary>Turns parts as callers write them into shapes in pixels, once the picture's size is known.</summary>
public static class RegionResolver
{
    /// <summary>In pixels: beyond every picture, and small enough to calculate with.</summary>
    private const double Farthest = 1e9;

    /// <summary>The part in pixels of the upright original.</summary>
    /// <param name="part">Complete: see <see cref="Constraints.RegionPartRules"/>.</param>
    /// <param name="shown">What its numbers count with units preview; null for a preview of the whole.</param>
    /// <param name="path">Where the part stands among the arguments.</param>
    /// <exception cref="InvalidRequestException">Its units cannot be told, or nothing of it lies in the picture.</exception>
    public static RegionShape Resolve(RegionPart part, Dimensions original, ShownView? shown, string path)
    {
        var view = shown ?? ShownView.Whole(original);
        if (part.IsUnclear)
        {
            throw new InvalidRequestException([Unclear(part, original, view, path)]);
        }

        var shape = Shape(part, part.Units ?? RegionUnits.Fractions, original, view);
        return Touches(Box(shape), original) ? shape : throw new InvalidRequestException([Outside(shape, original, path)]);
    }

    /// <summary>The smallest rectangle around a shape that pixels can tell, cut to the picture.</summary>
    public static PixelArea Around(RegionShape shape, Dimensions original)
    {
        var box = Box(shape);
        var (left, top) = (Low(box.Left, original.Width), Low(box.Top, original.Height));
        var (right, bottom) = (High(box.Left + box.Width, original.Width), High(box.Top + box.Height, original.Height));
        return new PixelArea(left, top, new Dimensions(Math.Max(1, right - left), Math.Max(1, bottom - top)));
    }

    private static RegionShape Shape(RegionPart part, RegionUnits units, Dimensions original, ShownView view)
    {
        var (scaleX, scaleY, left, top) = units switch
        {
            RegionUnits.Fractions => (original.Width, original.Height, 0.0, 0.0),
            RegionUnits.Pixels => (1.0, 1.0, 0.0, 0.0),
            RegionUnits.Preview => ((double)view.Part.Size.Width / view.Size.Width, (double)view.Part.Size.Height / view.Size.Height, view.Part.Left, view.Part.Top),
            _ => throw new UnreachableException(),
        };

        if (part.Shape is RegionForm.Polygon)
        {
            return new RegionShape.Polygon([.. part.Points.Select(point => new RegionPoint(Within(left + (point[0] * scaleX)), Within(top + (point[1] * scaleY))))]);
        }

        var box = new RegionShape.Rectangle(
            Within(left + (part.X!.Value * scaleX)), Within(top + (part.Y!.Value * scaleY)), Within(part.Width!.Value * scaleX), Within(part.Height!.Value * scaleY));
        return part.Shape is RegionForm.Ellipse ? new RegionShape.Ellipse(box.Left, box.Top, box.Width, box.Height) : box;
    }

    /// <summary>Huge numbers times a picture's size would be no numbers any more.</summary>
    private static double Within(double edge) => Math.Clamp(edge, -Farthest, Farthest);

    private static RegionShape.Rectangle Box(RegionShape shape) => shape switch
    {
        RegionShape.Rectangle box => box,
        RegionShape.Ellipse ellipse => new RegionShape.Rectangle(ellipse.Left, ellipse.Top, ellipse.Width, ellipse.Height),
        RegionShape.Polygon { Points: var points } => new RegionShape.Rectangle(
            points.Min(point => point.X),
            points.Min(point => point.Y),
            points.Max(point => point.X) - points.Min(point => point.X),
            points.Max(point => point.Y) - points.Min(point => point.Y)),
        _ => throw new UnreachableException(),
    };

    private static bool Touches(RegionShape.Rectangle box, Dimensions original) =>
        box.Left < original.Width && box.Top < original.Height && box.Left + box.Width > 0 && box.Top + box.Height > 0;

    /// <summary>Shows every reading, so that the caller can see which one was meant.</summary>
    private static Violation Unclear(RegionPart part, Dimensions original, ShownView view, string path)
    {
        var (pixels, preview) = (Box(Shape(part, RegionUnits.Pixels, original, view)), Box(Shape(part, RegionUnits.Preview, original, view)));
        return new Violation(
            path + ".units",
            $"pixels (of the original, {original}: {Words(pixels, original)}) or preview (of what was last shown, {view.Size}: {Words(preview, original)}), because fractions reach from 0 to 1",
            string.Create(CultureInfo.InvariantCulture, $"no units with {part.Numbers.Max():0.###}"),
            Touches(pixels, original) && pixels is { Width: >= 1, Height: >= 1 } && (pixels == preview || !Fits(preview, original)) ? "pixels" : null);
    }

    private static Violation Outside(RegionShape shape, Dimensions original, string path) =>
        new(path, $"a part of the picture, which is {original} pixels", $"one that lies outside it ({Words(Box(shape), original)})");

    private static bool Fits(RegionShape.Rectangle box, Dimensions original) =>
        box.Left >= -1 && box.Top >= -1 && box.Left + box.Width <= original.Width + 1 && box.Top + box.Height <= original.Height + 1;

    private static string Words(RegionShape.Rectangle box, Dimensions original) => string.Create(
        CultureInfo.InvariantCulture,
        $"{box.Width:0}x{box.Height:0} pixels at {box.Left:0},{box.Top:0}{(Touches(box, original) ? "" : ", outside the picture")}");

    private static int Low(double edge, int limit) => (int)Math.Clamp(Math.Floor(edge), 0, limit - 1);

    private static int High(double edge, int limit) => (int)Math.Clamp(Math.Ceiling(edge), 1, limit);
}
