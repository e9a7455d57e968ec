using GptImage2.Imaging;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.OpenAI.Accounting;

/// <summary>Counts tokens by the formula of the guide's calculator (September 2026), in floating point as that calculator does.</summary>
public static class TokenPricing
{
    /// <summary>Output tokens of the images and previews of an order; quality auto is drawn as medium.</summary>
    public static long OutputTokens(ImageOrder order, int images, int previews)
    {
        double bottom = GetQualityBase(order);
        var (longer, shorter) = (Math.Max(order.Size.Width, order.Size.Height), Math.Min(order.Size.Width, order.Size.Height));
        var units = Math.Round(bottom * shorter / longer);
        var each = Math.Ceiling(bottom * units * (2_000_000d + order.Size.PixelCount) / 4_000_000d);
        return (long)each * images + 100 * previews;
    }

    /// <summary>A stand-in for the vendor's tokeniser: a token for four code points, and six for the frame.</summary>
    public static long TextTokens(ImageOrder order) => (order.Prompt.EnumerateRunes().Count() + 3) / 4 + 6;

    /// <summary>Input tokens of the images of an edit, for each image made; the mask is free (community.openai.com/t/1382940).</summary>
    public static long ImageTokens(ImageOrder order, int images) => images * order.Images.Sum(image => ImageTokens(image.Size));

    /// <summary>
    /// Squares of 32 pixels, at most 1536 of them. What is small is seen larger, up to twofold until its longer edge is
    /// 1024; what is longer than 3:1 is seen as 3:1; what has too many squares shrinks until a whole number of rows or
    /// columns fits.
    /// </summary>
    public static long ImageTokens(Dimensions size)
    {
        double longer = Math.Max(size.Width, size.Height), shorter = Math.Min(size.Width, size.Height);
        longer = Math.Min(longer, shorter * 3);
        var larger = Math.Min(2, Math.Max(1, 1024 / longer));
        var (columns, rows) = (longer * larger / 32, shorter * larger / 32);
        if (Math.Ceiling(columns) * Math.Ceiling(rows) > 1536)
        {
            var scale = Math.Sqrt(1536 / (columns * rows));
            var byColumns = Math.Floor(columns * scale) / columns;
            var byRows = Math.Max(1, Math.Floor(rows * scale)) / rows;
            scale = Math.Min(byColumns, byRows);
            (columns, rows) = (columns * scale, rows * scale);
        }

        // A hair's breadth of floating point is no further square.
        return (long)(Math.Ceiling(columns - 1e-9) * Math.Ceiling(rows - 1e-9));
    }

    /// <summary>What that costs by the pricing page of 2026-11, the same for every family: $5 for a million tokens of words, $8 of images sent, $30 of images drawn.</summary>
    /// <returns>Millionths of a USD.</returns>
    public static long CostMicroUsd(ImageOrder order, int images, int previews) =>
        (5 * TextTokens(order)) + (8 * ImageTokens(order, images)) + (30 * OutputTokens(order, images, previews));

    internal static JsonObject Usage(ImageOrder order, int images, int previews)
    {
        var (text, image, output) = (TextTokens(order), ImageTokens(order, images), OutputTokens(order, images, previews));
        return new JsonObject
        {
            ["total_tokens"] = text + image + output,
            ["input_tokens"] = text + image,
            ["output_tokens"] = output,
            ["input_tokens_details"] = new JsonObject { ["text_tokens"] = text, ["image_tokens"] = image },
            ["output_tokens_details"] = new JsonObject { ["image_tokens"] = output, ["text_tokens"] = 0 },
        };
    }

    private static int GetQualityBase(ImageOrder order) => (order.Model.StartsWith("gpt-image-2.", StringComparison.Ordinal), order.Quality) switch
    {
        (_, "low") => 16,
        (false, "high") => 96,
        (false, _) => 48,
        (true, "high") => 48,
        (true, "xhigh") => 64,
        (true, "max") => 96,
        (true, _) => 24,
    };
}
