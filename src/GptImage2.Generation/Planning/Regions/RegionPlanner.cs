using System.Globalization;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Masks;
using GptImage2.Imaging.Regions;

namespace GptImage2.Generation.Planning.Regions;

/// <summary>Decides how a part of a picture is edited.</summary>
public static class RegionPlanner
{
    /// <param name="image">The picture to edit.</param>
    /// <param name="mask">The picture that says which pixels change, or null with a described region.</param>
    /// <exception cref="ImageException">The region or the mask cannot be followed; the text says what to write instead.</exception>
    public static RegionPlan Plan(InpaintRequest request, InputImage image, InputImage? mask, SizeRules rules)
    {
        var size = image.Header.Size;
        var warnings = new List<string>();
        var region = mask is null ? CreateMaskFromShapes(request, image) : ReadMask(mask, size, request.Invert, warnings);
        if (region.IsEmpty || region.IsFull)
        {
            throw new InvalidRequestException([CreateEmptyRegionViolation(request, region, size)]);
        }

        var fit = CanvasSelector.Select(rules, size, region.Bounds);
        warnings.AddRange(GetScaleWarnings(fit));
        return new RegionPlan(new Lazy<RegionMask>(region), ResolveFeather(request, region, size), fit, request.Outside, warnings);
    }

    private static RegionMask CreateMaskFromShapes(InpaintRequest request, InputImage image)
    {
        var size = image.Header.Size;
        var needsView = request.Region.Any(part => part.HasAmbiguousUnits || part.Units is RegionUnits.Preview);
        var shown = needsView ? request.FindDisplayedView?.Invoke(image.Resolved.ComputeHash()) : null;
        var violations = new List<Violation>();
        var shapes = new List<RegionShape>();
        foreach (var (part, index) in request.Region.Select((part, index) => (part, index)))
        {
            try
            {
                shapes.Add(RegionResolver.Resolve(part, size, shown, Invariant($"region[{index}]")));
            }
            catch (InvalidRequestException wrong)
            {
                violations.AddRange(wrong.Violations);
            }
        }

        return violations is [] ? RegionMask.FromShapes(size, shapes, request.Invert is true) : throw new InvalidRequestException(violations);
    }

    private static RegionMask ReadMask(InputImage mask, Dimensions size, bool? invert, List<string> warnings)
    {
        try
        {
            var reading = MaskReader.Read(mask.Resolved.Image, size, invert);
            var means = (reading.Kind, invert is true) switch
            {
                (MaskKind.Alpha, false) => "its transparent pixels change",
                (MaskKind.Alpha, true) => "its opaque pixels change",
                (_, false) => "its white pixels change",
                _ => "its black pixels change",
            };
            warnings.Add(Invariant($"mask: read so that {means}, {reading.Region.Coverage:P1} of the picture. Set invert if it means the opposite; dry_run shows it."));
            if (reading.ScaledFrom is { } was)
            {
                warnings.Add($"mask: it is {was} and was scaled to the picture's {size}.");
            }

            return reading.Region;
        }
        catch (UnusableMaskException unusable)
        {
            throw CreateMaskError("mask", unusable.Message, unusable);
        }
        catch (UnreadableImageException unreadable)
        {
            throw CreateMaskError("mask", unreadable.Message, unreadable);
        }
    }

    private static int ResolveFeather(InpaintRequest request, RegionMask region, Dimensions size)
    {
        if (request.Feather is not { } feather)
        {
            return RegionMask.DefaultFeather(size, region.ShorterSide);
        }

        return feather <= region.MaxFeather
            ? feather
            : throw new InvalidRequestException([new Violation(
                "feather",
                Invariant($"0 to {region.MaxFeather} pixels (a quarter of the region's shorter side, {region.ShorterSide})"),
                Invariant($"{feather}"),
                Invariant($"{region.MaxFeather}"))]);
    }

    private static IEnumerable<string> GetScaleWarnings(CanvasPlacement fit)
    {
        if (fit.Scale < 1)
        {
            yield return Invariant($"The region is larger than any canvas of the model: it is edited at {fit.Scale:P0} of its resolution, so it will be softer than the rest. Smaller regions keep full detail.");
        }
        else if (fit.Scale > 1)
        {
            yield return Invariant($"The picture is smaller than any canvas of the model: it is edited enlarged {fit.Scale:0.##} times and brought back to its own size.");
        }
    }

    private static Violation CreateEmptyRegionViolation(InpaintRequest request, RegionMask region, Dimensions size) => region.IsFull
        ? new Violation(
            request.Mask is null ? "region" : "mask",
            $"a part of the picture ({size} pixels); to change all of it, use edit_with_references with role base",
            request.Invert is true ? "nothing to keep (invert is true)" : "the whole picture")
        : new Violation(request.Mask is null ? "region" : "mask", $"at least one pixel of the picture ({size})", request.Invert is true ? "none (invert is true, and the region is everything)" : "none");

    private static ImageException CreateMaskError(string argument, string message, Exception inner) => new(
        new Failure { Code = FailureCode.UnreadableImage, Message = $"{argument}: {message}", Retry = RetryAdvice.Changed, Argument = argument },
        inner);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
