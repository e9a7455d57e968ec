using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Masks;
using GptImage2.Imaging.Matting.Inspection;
using GptImage2.Imaging.Regions;

namespace GptImage2.Generation.Planning.Regions;

/// <summary>Decides how a region of an image is edited.</summary>
public static class RegionPlanner
{
    /// <summary>Less of a region is the soft edge of what it shows.</summary>
    private const double NoticeableTransparency = 0.03;

    /// <param name="mask">The image that says which pixels change, or null with a described region.</param>
    /// <exception cref="ImageException">The region or the mask is unusable; the text says what to write instead.</exception>
    public static RegionPlan Plan(InpaintRequest request, InputImage image, OpenedImage? mask, SizeRules rules)
    {
        var size = image.Header.Size;
        Violation[] lossy = [.. RegionConstraint.CheckJpeg(request, image.Header.Format)];
        if (lossy is not [])
        {
            throw new InvalidRequestException(lossy);
        }

        var warnings = new List<string>();
        var region = mask is null ? CreateMaskFromShapes(request, image) : ReadMask(mask, size, request.Invert, warnings);
        if (region.IsEmpty || region.IsFull)
        {
            throw new InvalidRequestException([CreateEmptyRegionViolation(request, region, size)]);
        }

        var fit = CanvasSelector.Select(rules, size, region.Bounds);
        warnings.AddRange(GetScaleWarnings(fit));
        if (request is { Outside: OutsidePixels.Keep, Delivery.Format: ImageFormat.Jpeg })
        {
            warnings.Add("format jpeg: the whole image is encoded anew, so that pixels outside the region change by a few levels, too; png and webp keep them.");
        }

        if (request.Outside is OutsidePixels.Model && MeasureTransparency(image) is > NoticeableTransparency and var share)
        {
            warnings.Add($"outside model: {share:P0} of the image is transparent, and the model's picture, which takes its place, is opaque. outside keep draws into it and keeps its alpha.");
        }

        var (backdrop, note) = request.Outside is OutsidePixels.Keep ? ChooseBackdrop(request.Prompt, image, region) : default;
        warnings.AddRange(note is null ? [] : [note]);

        return new RegionPlan(new Lazy<RegionMask>(region), ResolveFeather(request, region, size), fit, request.Outside, warnings, request.MatchColours, backdrop);
    }

    private static double MeasureTransparency(InputImage image)
    {
        try
        {
            return image.Header.HasAlpha ? AlphaInspector.Inspect(image.Resolved.Image).TransparentShare : 0;
        }
        catch (UnreadableImageException unreadable)
        {
            throw InputImageErrors.Unreadable(image.Reference.Argument, unreadable);
        }
    }

    /// <summary>A backdrop for something new in an empty part of an image with alpha; null where the image shows something there, or cannot be transparent. And what to say of it.</summary>
    private static (ChromaKey? Backdrop, string? Note) ChooseBackdrop(string prompt, InputImage image, RegionMask region)
    {
        try
        {
            var transparency = AlphaReveal.MeasureTransparency(image.Resolved.Image, region);
            if (transparency <= AlphaReveal.EmptyFrom)
            {
                return (null, transparency < NoticeableTransparency ? null
                    : $"{transparency:P0} of the region is transparent and stays so: what is drawn keeps the outline that is there. To draw beyond it, or to erase, take a region that is mostly transparent.");
            }

            using var reduced = Image.OpenThumbnail(image.Resolved.Image, 512);
            using var shown = reduced.CopyToMemory();
            var backdrop = ChromaKey.ChooseFor(prompt, shown);
            return (backdrop, $"The region is mostly transparent, so what is drawn there is asked for on a backdrop of {backdrop.Name} and cut out of it. Where nothing is drawn it becomes transparent.");
        }
        catch (UnreadableImageException unreadable)
        {
            throw InputImageErrors.Unreadable(image.Reference.Argument, unreadable);
        }
    }

    /// <summary>The region as it can be understood later, when something else has been shown.</summary>
    public static IReadOnlyList<RegionShapeInput> WithoutPreviewUnits(InpaintRequest request, InputImage image)
    {
        if (!request.Region.Any(shape => shape.Units is RegionUnits.Preview))
        {
            return request.Region;
        }

        var shown = request.FindDisplayedView?.Invoke(image.Resolved.ComputeHash());
        return [.. request.Region.Select(shape => RegionResolver.WithoutPreviewUnits(shape, image.Header.Size, shown))];
    }

    private static RegionMask CreateMaskFromShapes(InpaintRequest request, InputImage image)
    {
        var size = image.Header.Size;
        var needsView = request.Region.Any(shape => shape.HasAmbiguousUnits || shape.Units is RegionUnits.Preview);
        var shown = needsView ? request.FindDisplayedView?.Invoke(image.Resolved.ComputeHash()) : null;
        var violations = new List<Violation>();
        var shapes = new List<RegionShape>();
        foreach (var (index, shape) in request.Region.Index())
        {
            try
            {
                shapes.Add(RegionResolver.Resolve(shape, size, shown, $"region[{index}]"));
            }
            catch (InvalidRequestException invalid)
            {
                violations.AddRange(invalid.Violations);
            }
        }

        return violations is [] ? RegionMask.FromShapes(size, shapes, request.Invert is true) : throw new InvalidRequestException(violations);
    }

    private static RegionMask ReadMask(OpenedImage mask, Dimensions size, bool? invert, List<string> warnings)
    {
        try
        {
            var reading = MaskReader.Read(mask.Resolved.Image, mask.Header.Size, size, invert);
            var changed = (reading.Kind, invert is true) switch
            {
                (MaskKind.Alpha, false) => "its transparent pixels change",
                (MaskKind.Alpha, true) => "its opaque pixels change",
                (_, false) => "its white pixels change",
                _ => "its black pixels change",
            };
            warnings.Add($"mask: read so that {changed}, {reading.Region.Coverage:P1} of the image. Set invert if it means the opposite; dry_run shows it.");
            if (reading.Region.IsSoft)
            {
                warnings.Add("mask: its edges are soft, so its greys are the weight of the change, and no feather is added to them. feather adds one.");
            }

            if (reading.ScaledFrom is { } original)
            {
                warnings.Add($"mask: it is {original} and was scaled to the image's {size}.");
            }

            return reading.Region;
        }
        catch (Exception unusable) when (unusable is UnusableMaskException or UnreadableImageException)
        {
            throw new ImageException(
                new Failure { Code = FailureCode.UnreadableImage, Message = $"mask: {unusable.Message}", Retry = RetryAdvice.Changed, Argument = "mask" },
                unusable);
        }
    }

    private static int ResolveFeather(InpaintRequest request, RegionMask region, Dimensions size) => request.Feather switch
    {
        null when region.IsSoft => 0,
        null => RegionMask.DefaultFeather(size, region.ShorterSide),
        { } feather when feather <= region.MaxFeather => feather,
        { } feather => throw new InvalidRequestException([new Violation(
            "feather",
            $"0 to {region.MaxFeather} pixels (a quarter of the region's shorter side, {region.ShorterSide})",
            $"{feather}",
            $"{region.MaxFeather}")]),
    };

    private static IEnumerable<string> GetScaleWarnings(CanvasPlacement fit) => fit.Scale switch
    {
        < 1 => [$"The region with some surroundings is larger than any canvas of the model: it is edited at {fit.Scale:P0} of its resolution, so it will be softer than the rest. " +
            "Smaller regions keep full detail."],
        > 1 => [$"The image is small: the region is edited at {fit.Scale:0.##} times its size and scaled back."],
        _ => [],
    };

    private static JsonObject ToJson(Reference reference, ReferenceRole role)
    {
        var json = new JsonObject { ["image"] = reference.Image, ["role"] = role.Name };
        if (reference.Note is { } note)
        {
            json["note"] = note;
        }

        if (reference.FullSize)
        {
            json["full_size"] = true;
        }

        return json;
    }

    private static Violation CreateEmptyRegionViolation(InpaintRequest request, RegionMask region, Dimensions size)
    {
        var (argument, inverted) = (request.Mask is null ? "region" : "mask", request.Invert is true);
        return region.IsFull
            ? new Violation(
                argument,
                $"a part of the image ({size} pixels); to change all of it, use edit_with_references with role base",
                inverted ? "nothing to keep (invert is true)" : "the whole image")
            {
                Repairs =
                [
                    new Repair("image", null), new Repair(argument, null), new Repair("invert", null),
                    new Repair("references", new JsonArray([ToJson(request.Image, ReferenceRole.Base), .. request.References.Select(reference => ToJson(reference, reference.Role))])) { Tool = "edit_with_references" },
                ],
            }
            : new Violation(
                argument,
                $"at least one pixel of the image ({size})",
                inverted ? "none (invert is true, and the region is everything)" : "none");
    }
}
