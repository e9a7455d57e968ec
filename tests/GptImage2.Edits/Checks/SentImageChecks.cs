using GptImage2.Edits.Cases;
using GptImage2.Generation.Planning;
using GptImage2.Imaging.Compositing;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Edits.Checks;

/// <summary>Judges what reached the service, which accepted it.</summary>
internal static class SentImageChecks
{
    public static void Check(ExpectedOriginal truth, JobPlan plan, ImageOrder order)
    {
        var fit = plan.Region!.Placement;
        var made = truth.Case;
        (order.Count, order.Stream, order.Format).ShouldBe((made.Count, made.Stream && made.Count is 1, "png"));
        order.Prompt.ShouldStartWith("Image 1 is the image to edit. Change only its masked region.");
        var backdrop = plan.Request.Backdrop is { } key ? $"\n\n{key.PatchPromptText}" : "";
        order.Prompt.ShouldEndWith($"\n\n{made.Prompt}{backdrop}");
        var image = order.Images.ShouldHaveSingleItem();
        (image.Part, image.ContentType, image.Size, order.Mask!.Size).ShouldBe(("image[]", "image/png", order.Size, order.Size));
        fit.Canvas.ShouldBe(order.Size);

        var sent = PngFile.Read(image.Bytes.Span).Decode();
        var mask = PngFile.Read(order.Mask.Bytes.Span).Decode();
        CheckScale(made, fit);
        CheckMaskOpening(made, fit, mask);
        if (fit.Scale is 1)
        {
            CheckMask(made, fit, mask);
            CheckPixels(truth, fit, sent);
        }
    }

    /// <summary>Of the region's width or height, on each side where the image goes on.</summary>
    private const double Surroundings = 0.12;

    /// <summary>No pixel of the region is reduced where a legal canvas could hold it as it is with its surroundings; nothing of either is left behind.</summary>
    private static void CheckScale(EditCase made, CanvasPlacement fit)
    {
        var (left, top, right, bottom) = made.ExpectedRegion.Bounds();
        var (width, height) = (right - left, bottom - top);
        (fit.Area.Left <= left && fit.Area.Top <= top && fit.Area.Left + fit.Area.Size.Width >= right && fit.Area.Top + fit.Area.Size.Height >= bottom)
            .ShouldBeTrue($"{fit.Area} holds {left},{top} {width}x{height}");
        (fit.Area.Left <= Before(left, width) && fit.Area.Top <= Before(top, height)
                && fit.Area.Left + fit.Area.Size.Width >= After(right, width, made.Size.Width) && fit.Area.Top + fit.Area.Size.Height >= After(bottom, height, made.Size.Height))
            .ShouldBeTrue($"{fit.Area} shows what is around {left},{top} {width}x{height}");
        var tolerance = GetTolerance(made);
        var (across, down) = (width + (2 * tolerance), height + (2 * tolerance));
        if (LegalSizes.AnyHolds(
            After(right + tolerance, across, made.Size.Width) - Before(left - tolerance, across), After(bottom + tolerance, down, made.Size.Height) - Before(top - tolerance, down)))
        {
            fit.Scale.ShouldBeGreaterThanOrEqualTo(1);
        }
    }

    private static int Before(int start, int length) => Math.Max(0, start - (int)Math.Ceiling(Surroundings * length));

    private static int After(int end, int length, int image) => Math.Min(image, end + (int)Math.Ceiling(Surroundings * length));

    /// <summary>The region may be larger than what is certain of it.</summary>
    private static int GetTolerance(EditCase made) => made.ExpectedRegion.IsCertain ? 0 : 24;

    /// <summary>Wherever the region certainly is, the mask is open, within a pixel of the canvas.</summary>
    private static void CheckMaskOpening(EditCase made, CanvasPlacement fit, PngPixels mask)
    {
        var closed = 0;
        for (var y = 0; y < made.Size.Height; y++)
        {
            for (var x = 0; x < made.Size.Width; x++)
            {
                closed += made.ExpectedRegion[x, y] is 1 && !IsOpen(mask, fit, x, y) ? 1 : 0;
            }
        }

        closed.ShouldBe(0, "pixels of the region that the mask closes");
    }

    private static bool IsOpen(PngPixels mask, CanvasPlacement fit, int x, int y)
    {
        var (toX, toY) = (fit.PadLeft + (int)((x - fit.Area.Left + 0.5) * fit.Scale), fit.PadTop + (int)((y - fit.Area.Top + 0.5) * fit.Scale));
        if (mask[Math.Min(toX, mask.Size.Width - 1), Math.Min(toY, mask.Size.Height - 1)][3] is 0)
        {
            return true;
        }

        for (var row = Math.Max(0, toY - 1); row <= Math.Min(mask.Size.Height - 1, toY + 1); row++)
        {
            for (var column = Math.Max(0, toX - 1); column <= Math.Min(mask.Size.Width - 1, toX + 1); column++)
            {
                if (mask[column, row][3] is 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void CheckMask(EditCase made, CanvasPlacement fit, PngPixels mask)
    {
        var wrong = 0;
        for (var y = 0; y < mask.Size.Height; y++)
        {
            var row = mask.Row(y);
            for (var x = 0; x < mask.Size.Width; x++)
            {
                var (fromX, fromY) = (x - fit.PadLeft, y - fit.PadTop);
                var isPicture = fromX >= 0 && fromY >= 0 && fromX < fit.Area.Size.Width && fromY < fit.Area.Size.Height;
                var mark = isPicture ? made.ExpectedRegion[fit.Area.Left + fromX, fit.Area.Top + fromY] : (byte)0;
                wrong += mark is not 2 && row[(x * 4) + 3] != (mark is 1 ? 0 : 255) ? 1 : 0;
            }
        }

        wrong.ShouldBe(0, "pixels of the mask");
    }

    /// <summary>The image as it is, its edges repeated around it. What is not opaque lies on a ground that is not looked at.</summary>
    private static void CheckPixels(ExpectedOriginal truth, CanvasPlacement fit, PngPixels sent)
    {
        var (wrong, from) = (0, truth.Srgb);
        for (var y = 0; y < sent.Size.Height; y++)
        {
            var row = sent.Row(y);
            var fromY = fit.Area.Top + Math.Clamp(y - fit.PadTop, 0, fit.Area.Size.Height - 1);
            for (var x = 0; x < sent.Size.Width; x++)
            {
                var pixel = from[fit.Area.Left + Math.Clamp(x - fit.PadLeft, 0, fit.Area.Size.Width - 1), fromY];
                wrong += (from.HasAlpha && pixel[^1] is not 255) || row.Slice(x * 4, 3).SequenceEqual(pixel[..3]) ? 0 : 1;
            }
        }

        wrong.ShouldBe(0, "pixels that were sent");
    }
}
