using GptImage2.Imaging;

namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>
/// The size rules of the image generation guide (July and September 2026), written down a second time on purpose: what
/// the server derives from its profile must agree with them.
/// </summary>
internal static class SizeParser
{
    /// <summary>What the vendor chose for auto in one probe; no multiple of 16.</summary>
    private static readonly Dimensions Auto = new(1254, 1254);

    public static Dimensions Parse(string text)
    {
        if (text == "auto")
        {
            return Auto;
        }

        var parts = text.Split('x');
        if (parts is not [var w, var h] || !TryParseEdge(w, out var width) || !TryParseEdge(h, out var height))
        {
            throw CreateError(text, "Expected 'auto' or WIDTHxHEIGHT.");
        }

        ThrowIfIllegal(text, width, height);
        return new Dimensions(width, height);
    }

    private static void ThrowIfIllegal(string text, int width, int height)
    {
        if ((width & 15) != 0 || (height & 15) != 0)
        {
            throw CreateError(text, "Width and height must both be divisible by 16.");
        }

        if (width > 3840 || height > 3840)
        {
            throw CreateError(text, "The longest edge must be less than or equal to 3840.");
        }

        if (width > 3 * height || height > 3 * width)
        {
            throw CreateError(text, "The aspect ratio must be between 1:3 and 3:1.");
        }

        if (width * height < 655_360)
        {
            throw CreateError(text, "Requested resolution is below the current minimum pixel budget.");
        }

        if (width * height > 8_294_400)
        {
            throw CreateError(text, "Requested resolution exceeds the current pixel budget.");
        }
    }

    private static bool TryParseEdge(string text, out int edge) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out edge) && edge > 0 && text[0] != '0';

    private static ApiErrorException CreateError(string text, string why) => new(ApiError.InvalidValue("size", $"Invalid size '{text}'. {why}"));
}
