using System.Diagnostics;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging.Regions;

namespace GptImage2.Generation.Planning.Regions;

/// <summary>Turns shapes as callers write them into shapes in pixels, once the image's size is known.</summary>
public static class RegionResolver
{
    /// <summary>In pixels: beyond every image, and small enough to calculate with.</summary>
    private const double MaxCoordinate = 1e9;

    /// <summary>Share of an edge by which a part may reach beyond the image: numbers that were read off it are never exact.</summary>
    private const double OverflowTolerance = 0.02;

    /// <summary>The shape in pixels of the upright original.</summary>
    /// <param name="input">Complete: see <see cref="RegionShapeInputValidator"/>.</param>
    /// <param name="shown">What its numbers refer to with units preview; null for a preview of the whole.</param>
    /// <param name="path">The shape's place among the arguments.</param>
    /// <exception cref="InvalidRequestException">Its units are ambiguous, or of a view whose size is not known, or nothing of it is in the image.</exception>
    public static RegionShape Resolve(RegionShapeInput input, Dimensions original, DisplayedView? shown, string path)
    {
        var view = shown ?? DisplayedView.ForWholeImage(original);
        if (input.HasAmbiguousUnits)
        {
            throw new InvalidRequestException([CreateAmbiguousUnitsViolation(input, original, view, path)]);
        }

        if (input.Units is RegionUnits.Preview && view.Size is null)
        {
            throw new InvalidRequestException([CreateUnknownViewViolation(path)]);
        }

        var shape = ToShape(input, input.Units ?? RegionUnits.Fractions, original, view);
        return !Intersects(GetBoundingBox(shape), original) ? throw new InvalidRequestException([CreateOutsideViolation(shape, original, path)])
            : FindOverflow(input, shape, original, view, path) is { } overflow ? throw new InvalidRequestException([overflow])
            : shape;
    }

    /// <summary>The same shape in a unit that means the same later, when something else has been shown.</summary>
    public static RegionShapeInput WithoutPreviewUnits(RegionShapeInput input, Dimensions original, DisplayedView? shown)
    {
        if (input.Units is not RegionUnits.Preview)
        {
            return input;
        }

        var pixels = input with { Units = RegionUnits.Pixels };
        return ToShape(input, RegionUnits.Preview, original, shown ?? DisplayedView.ForWholeImage(original)) switch
        {
            RegionShape.Polygon polygon => pixels with { Points = [.. polygon.Points.Select(point => new[] { point.X, point.Y })] },
            var shape when GetBoundingBox(shape) is var box => pixels with { X = box.Left, Y = box.Top, Width = box.Width, Height = box.Height },
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The smallest rectangle of whole pixels around a shape, cut to the image.</summary>
    public static PixelArea GetBounds(RegionShape shape, Dimensions original)
    {
        var box = GetBoundingBox(shape);
        var (left, top) = (FloorEdge(box.Left, original.Width), FloorEdge(box.Top, original.Height));
        var (right, bottom) = (CeilingEdge(box.Left + box.Width, original.Width), CeilingEdge(box.Top + box.Height, original.Height));
        return new PixelArea(left, top, new Dimensions(Math.Max(1, right - left), Math.Max(1, bottom - top)));
    }

    private static RegionShape ToShape(RegionShapeInput input, RegionUnits units, Dimensions original, DisplayedView view)
    {
        var (scaleX, scaleY, left, top) = GetScale(units, original, view);
        if (input.Shape is RegionShapeKind.Polygon)
        {
            return new RegionShape.Polygon(
                [.. input.Points.Select(point => new RegionPoint(ClampCoordinate(left + (point[0] * scaleX)), ClampCoordinate(top + (point[1] * scaleY))))]);
        }

        var box = new RegionShape.Rectangle(
            ClampCoordinate(left + (input.X!.Value * scaleX)),
            ClampCoordinate(top + (input.Y!.Value * scaleY)),
            ClampCoordinate(input.Width!.Value * scaleX),
            ClampCoordinate(input.Height!.Value * scaleY));
        return input.Shape is RegionShapeKind.Ellipse ? new RegionShape.Ellipse(box.Left, box.Top, box.Width, box.Height) : box;
    }

    /// <summary>Pixels of the original in one of a unit, and where its zero is.</summary>
    private static (double X, double Y, double Left, double Top) GetScale(RegionUnits units, Dimensions original, DisplayedView view) => units switch
    {
        RegionUnits.Fractions => (original.Width, original.Height, 0, 0),
        RegionUnits.Pixels => (1, 1, 0, 0),
        RegionUnits.Preview when view.Size is { } seen => ((double)view.Area.Size.Width / seen.Width, (double)view.Area.Size.Height / seen.Height, view.Area.Left, view.Area.Top),
        _ => throw new UnreachableException(),
    };

    /// <summary>Huge numbers times an image's size would overflow.</summary>
    private static double ClampCoordinate(double edge) => Math.Clamp(edge, -MaxCoordinate, MaxCoordinate);

    private static RegionShape.Rectangle GetBoundingBox(RegionShape shape) => shape switch
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

    private static bool Intersects(RegionShape.Rectangle box, Dimensions original) =>
        box.Left < original.Width && box.Top < original.Height && box.Left + box.Width > 0 && box.Top + box.Height > 0;

    /// <summary>Shows every interpretation, so that the caller can see which one was meant.</summary>
    private static Violation CreateAmbiguousUnitsViolation(RegionShapeInput input, Dimensions original, DisplayedView view, string path)
    {
        var pixels = GetBoundingBox(ToShape(input, RegionUnits.Pixels, original, view));
        var preview = view.Size is null ? null : GetBoundingBox(ToShape(input, RegionUnits.Preview, original, view));
        var readings = preview is null ? "" : $" or preview (of what was last shown, {view.Size}: {Describe(preview, original)})";
        var nearest = Intersects(pixels, original) && pixels is { Width: >= 1, Height: >= 1 } && (preview is null || pixels == preview || !IsWithin(preview, original)) ? "pixels" : null;
        return new Violation(
            path + ".units",
            $"pixels (of the original, {original}: {Describe(pixels, original)}){readings}, because fractions reach from 0 to 1",
            $"no units with {input.Coordinates.Max():0.###}",
            nearest)
        {
            // Where both may be meant, an edit shows first which; looking at the wrong part costs nothing.
            Repairs = path is "crop" ? [new Repair($"{path}.units", Intersects(pixels, original) ? "pixels" : "preview")]
                : nearest is not null ? [new Repair($"{path}.units", nearest)]
                : [new Repair($"{path}.units", "preview"), new Repair("dry_run", true)],
        };
    }

    private static Violation CreateUnknownViewViolation(string path) => new(
        path + ".units",
        "fractions (0-1) or pixels, because it was last shown on a sheet or larger than a preview, where its shown size is not known (view_image shows it at a known one),",
        "preview")
    { Repairs = path is "crop" ? [] : [new Repair(path.Split('[')[0], null) { Tool = "view_image" }] };

    private static Violation CreateOutsideViolation(RegionShape shape, Dimensions original, string path) =>
        new(path, $"a part of the image, which is {original} pixels", $"one that is outside it ({Describe(GetBoundingBox(shape), original)})");

    /// <summary>A part that reaches beyond the image was usually meant by its right and bottom edge.</summary>
    private static Violation? FindOverflow(RegionShapeInput input, RegionShape shape, Dimensions original, DisplayedView view, string path)
    {
        var box = GetBoundingBox(shape);
        if (!Overflows(box, original))
        {
            return null;
        }

        var (expected, received) = ($"a part of the image, which is {original} pixels", $"one that reaches beyond it ({Describe(box, original)})");
        var scale = GetScale(input.Units ?? RegionUnits.Fractions, original, view);
        if (input.Shape is RegionShapeKind.Polygon)
        {
            return new Violation(path, expected, received) { Repairs = [new Repair($"{path}.points", ClipPoints(input, original, scale))] };
        }

        var asEdges = input with { Width = input.Width - input.X, Height = input.Height - input.Y };
        var isEdges = asEdges is { Width: > 0, Height: > 0 } && !Overflows(GetBoundingBox(ToShape(asEdges, input.Units ?? RegionUnits.Fractions, original, view)), original);
        var (x, y, width, height) = isEdges ? (input.X!.Value, input.Y!.Value, asEdges.Width!.Value, asEdges.Height!.Value) : Clip(box, original, scale);
        var numbers = new JsonObject { ["x"] = Round(x), ["y"] = Round(y), ["width"] = Round(width), ["height"] = Round(height) };
        return new Violation(path, expected, isEdges ? $"{received}, unless its last two numbers are right and bottom" : received, numbers.ToJsonString())
        {
            Repairs = [.. numbers.Select(number => new Repair($"{path}.{number.Key}", number.Value))],
        };
    }

    private static JsonArray ClipPoints(RegionShapeInput input, Dimensions original, (double X, double Y, double Left, double Top) scale) => new([.. input.Points.Select(point => new JsonArray(
        Round((Math.Clamp((point[0] * scale.X) + scale.Left, 0, original.Width) - scale.Left) / scale.X),
        Round((Math.Clamp((point[1] * scale.Y) + scale.Top, 0, original.Height) - scale.Top) / scale.Y)))]);

    private static double Round(double number) => Math.Round(number, 6);

    private static bool Overflows(RegionShape.Rectangle box, Dimensions original) =>
        Math.Max(-box.Left, box.Left + box.Width - original.Width) > OverflowTolerance * original.Width
        || Math.Max(-box.Top, box.Top + box.Height - original.Height) > OverflowTolerance * original.Height;

    /// <summary>The same box, cut to the image, in the units that it was given in.</summary>
    private static (double X, double Y, double Width, double Height) Clip(RegionShape.Rectangle box, Dimensions original, (double X, double Y, double Left, double Top) scale)
    {
        var (left, top) = (Math.Max(0, box.Left), Math.Max(0, box.Top));
        var (right, bottom) = (Math.Min(original.Width, box.Left + box.Width), Math.Min(original.Height, box.Top + box.Height));
        return ((left - scale.Left) / scale.X, (top - scale.Top) / scale.Y, (right - left) / scale.X, (bottom - top) / scale.Y);
    }

    private static bool IsWithin(RegionShape.Rectangle box, Dimensions original) =>
        box.Left >= -1 && box.Top >= -1 && box.Left + box.Width <= original.Width + 1 && box.Top + box.Height <= original.Height + 1;

    private static string Describe(RegionShape.Rectangle box, Dimensions original) =>
        $"{box.Width:0}x{box.Height:0} pixels at {box.Left:0},{box.Top:0}{(Intersects(box, original) ? "" : ", outside the image")}";

    private static int FloorEdge(double edge, int limit) => (int)Math.Clamp(Math.Floor(edge), 0, limit - 1);

    private static int CeilingEdge(double edge, int limit) => (int)Math.Clamp(Math.Ceiling(edge), 1, limit);
}
