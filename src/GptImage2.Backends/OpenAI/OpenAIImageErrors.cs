using System.Globalization;
using System.Text.RegularExpressions;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Errors;

namespace GptImage2.Backends.OpenAI;

/// <summary>Explains refusals of the pictures that went with a request. None is billed.</summary>
internal sealed partial class OpenAIImageErrors(OpenAIOptions options)
{
    /// <returns>Null when the refusal is about something else.</returns>
    public Failure? TryMap(int status, ApiErrorBody said, ImageArgumentNames arguments)
    {
        if (arguments.Count == 0 || said.Code is "unknown_parameter")
        {
            return null;
        }

        return status is 413 ? RequestTooLarge(arguments) : IsMaskError(said) ? MaskRejected(said, arguments) : IsImageError(said) ? ImageRejected(said, arguments) : null;
    }

    private static bool IsMaskError(ApiErrorBody said) =>
        said.Param is "mask" or "markup" || said.Message?.StartsWith("Invalid mask", StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsImageError(ApiErrorBody said) =>
        (said.Param is { } param && ImageParam.IsMatch(param)) || said.Code is "invalid_image_file" or "unsupported_file_mimetype";

    private static Failure RequestTooLarge(ImageArgumentNames arguments) => CreateFailure(
        arguments.AnyImage,
        "OpenAI did not take the request, because its pictures are too large together. Give fewer of them, or smaller ones without full_size, and call again. Not billed.");

    private Failure MaskRejected(ApiErrorBody said, ImageArgumentNames arguments) => CreateFailure(
        arguments.MaskOrRegion,
        $"OpenAI refused the mask that was made of {arguments.MaskOrRegion}{ServiceMessageSanitizer.QuoteAfterColon(said.Message, options.ApiKey)} Give another {arguments.MaskOrRegion} and call again. Not billed.");

    private Failure ImageRejected(ApiErrorBody said, ImageArgumentNames arguments)
    {
        var number = FindImageNumber(said, arguments.Count);
        var argument = number is { } known ? arguments[known - 1] : arguments.AnyImage;
        var which = number is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (Image {number})");
        return CreateFailure(argument, $"OpenAI refused {argument}{which}{ServiceMessageSanitizer.QuoteAfterColon(said.Message, options.ApiKey)} Give another picture there, or this one saved anew as PNG, and call again. Not billed.");
    }

    /// <summary>Its place from 1: a parameter like image[0] counts from 0, the text of an error from 1.</summary>
    private static int? FindImageNumber(ApiErrorBody said, int count)
    {
        var number = ParseNumber(ImageParam.Match(said.Param ?? "")) + 1 ?? ParseNumber(NumberedImage.Match(said.Message ?? "")) ?? (count == 1 ? 1 : null);
        return number is > 0 && number <= count ? number : null;
    }

    private static int? ParseNumber(Match match) => int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Failure CreateFailure(string argument, string message) => new()
    {
        Code = FailureCode.InvalidRequest,
        Message = message,
        Retry = RetryAdvice.Changed,
        Argument = argument,
    };

    /// <summary>image, image[], image[3], images[3].image_url.</summary>
    [GeneratedRegex(@"^images?(?:\[([0-9]{0,2})\]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex ImageParam { get; }

    [GeneratedRegex(@"\bimage ([0-9]{1,2})\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NumberedImage { get; }
}
