using System.Text.Json.Nodes;

namespace GptImage2.Testing.OpenAI;

/// <summary>Counts tokens by the formula of the guide's calculator (September 2026), in floating point as that calculator does.</summary>
public static class Bill
{
    /// <summary>Output tokens of the pictures and previews of an order; quality auto is drawn as medium.</summary>
    public static long OutputTokens(Order order, int pictures, int previews)
    {
        double bottom = BaseOf(order);
        var (longer, shorter) = (Math.Max(order.Size.Width, order.Size.Height), Math.Min(order.Size.Width, order.Size.Height));
        var units = Math.Round(bottom * shorter / longer);
        var each = Math.Ceiling(bottom * units * (2_000_000d + order.Size.Pixels) / 4_000_000d);
        return (long)each * pictures + 100 * previews;
    }

    /// <summary>A stand-in for the vendor's tokeniser: a token for four code points, and six for the frame.</summary>
    public static long TextTokens(Order order) => (order.Prompt.EnumerateRunes().Count() + 3) / 4 + 6;

    internal static JsonObject Usage(Order order, int pictures, int previews)
    {
        var (input, output) = (TextTokens(order), OutputTokens(order, pictures, previews));
        return new JsonObject
        {
            ["total_tokens"] = input + output,
            ["input_tokens"] = input,
            ["output_tokens"] = output,
            ["input_tokens_details"] = new JsonObject { ["text_tokens"] = input, ["image_tokens"] = 0 },
            ["output_tokens_details"] = new JsonObject { ["image_tokens"] = output, ["text_tokens"] = 0 },
        };
    }

    private static int BaseOf(Order order) => (order.Model.StartsWith("gpt-image-2.", StringComparison.Ordinal), order.Quality) switch
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
