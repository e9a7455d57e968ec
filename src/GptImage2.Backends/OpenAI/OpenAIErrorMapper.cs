using GptImage2.Backends.OpenAI.Protocol;

namespace GptImage2.Backends.OpenAI;

/// <summary>
/// Decides which failure an error of OpenAI's is; <see cref="OpenAIErrorTexts"/> words it. Statuses and codes are those of
/// its API reference, error guide and openai-node 7.57.0, read by 2026-11-22; what is not listed there is judged by its status.
/// </summary>
internal sealed partial class OpenAIErrorMapper(OpenAIErrorTexts texts)
{
    /// <param name="status">The HTTP status, or 0 for an error that came as an event.</param>
    /// <param name="body">Null when the body was not JSON.</param>
    public Failure Map(int status, ApiErrorBody? body, ImageArgumentNames arguments, string? requestId, TimeSpan? retryAfter)
    {
        var error = body ?? new ApiErrorBody(null, null, null, null);
        var hasImages = arguments.Count > 0;
        var failure = status switch
        {
            _ when IsModeration(error) => MapModeration(status, error, hasImages),
            _ when IsBilling(status, error) => texts.QuotaExceeded(FindSpendingLimit(error)),
            401 => texts.InvalidApiKey(error),
            _ when error.Message?.Contains("must be verified", StringComparison.OrdinalIgnoreCase) is true => texts.OrganizationNotVerified(),
            403 => texts.PermissionDenied(error),
            404 => IsUnknownModel(error) ? texts.ModelNotFound() : texts.EndpointNotFound(hasImages),
            429 => texts.RateLimited(error, retryAfter),
            _ when status is 0 && error.Code is "rate_limit_exceeded" or "slow_down" => texts.RateLimited(error, retryAfter),
            400 or 413 or 415 or 422 => MapRejection(status, error, arguments),
            _ when status is 0 && error.Type is "image_generation_user_error" or "invalid_request_error" => MapRejection(status, error, arguments),
            >= 300 and < 400 => texts.UnexpectedRedirect(status),
            408 or 504 or 524 => texts.GatewayTimeout(status),
            > 400 and < 500 => texts.ClientError(status, error),
            _ => texts.ServerError(status, error, overloaded: status is 503 || error.Code is "server_is_overloaded"),
        };
        return OpenAIErrorTexts.WithRequestId(failure with { RequestId = requestId });
    }

    private static bool IsModeration(ApiErrorBody error) =>
        error.Code is "moderation_blocked" or "content_policy_violation" or "contentFilter" or "content_filter" || error.ModerationStage is not null;

    private static bool IsBilling(int status, ApiErrorBody error) => status is 402 || error is
    { Type: "insufficient_quota" }
        or { Code: "insufficient_quota" or "credit_balance_exhausted" or "billing_hard_limit_reached" or "billing_not_active" }
        or { Code: "organization_spend_limit_exceeded" or "project_spend_limit_exceeded" or "organization_usage_limit_exceeded" };

    /// <returns>Whose limit is reached; null when there is no credit at all.</returns>
    private static string? FindSpendingLimit(ApiErrorBody error) => error.Code switch
    {
        "project_spend_limit_exceeded" => "project",
        "organization_spend_limit_exceeded" or "organization_usage_limit_exceeded" or "billing_hard_limit_reached" => "organisation",
        _ => null,
    };

    private static bool IsUnknownModel(ApiErrorBody error) =>
        error.Code is "model_not_found" or "DeploymentNotFound" || error.Param is "model" || error.Message?.Contains("model", StringComparison.OrdinalIgnoreCase) is true;

    private Failure MapModeration(int status, ApiErrorBody error, bool hasImages)
    {
        // An error status costs nothing; an error in the middle of a stream may come after the drawing.
        var billed = status is 0 && error.ModerationStage is not "input" ? Billing.Unknown : Billing.No;
        var categories = error.Categories is [] ? ParseModerationCategories(error.Message) : string.Join(", ", error.Categories);
        return texts.ModerationBlocked(error.ModerationStage, categories, hasImages, billed);
    }

    /// <summary>Older responses name the categories only in their text: safety_violations=[sexual, violence].</summary>
    private static string ParseModerationCategories(string? message)
    {
        const string Mark = "safety_violations=[";
        var start = message?.IndexOf(Mark, StringComparison.Ordinal) ?? -1;
        var end = start < 0 ? -1 : message!.IndexOf(']', start);
        return end < 0 ? "" : message![(start + Mark.Length)..end];
    }

    private Failure MapRejection(int status, ApiErrorBody error, ImageArgumentNames arguments)
    {
        var mayBlameImage = arguments.Count > 0 && error.Code is not "unknown_parameter";
        return status switch
        {
            413 when mayBlameImage => texts.RequestTooLarge(arguments),
            _ when mayBlameImage && IsMaskError(error) => texts.MaskRejected(error, arguments),
            _ when mayBlameImage && IsImageError(error) => texts.ImageRejected(error, arguments, FindImageNumber(error, arguments.Count)),
            _ => texts.RequestRejected(error, MapParameter(error)),
        };
    }

    private static bool IsMaskError(ApiErrorBody error) =>
        error.Param is "mask" or "markup" || error.Message?.StartsWith("Invalid mask", StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsImageError(ApiErrorBody error) =>
        (error.Param is { } param && ImageParam.IsMatch(param)) || error.Code is "invalid_image_file" or "unsupported_file_mimetype";

    /// <summary>Its place from 1: a parameter like image[0] counts from 0, the text of an error from 1.</summary>
    private static int? FindImageNumber(ApiErrorBody error, int count)
    {
        var number = ParseNumber(ImageParam.Match(error.Param ?? "")) + 1 ?? ParseNumber(NumberedImage.Match(error.Message ?? "")) ?? (count == 1 ? 1 : null);
        return number is > 0 && number <= count ? number : null;
    }

    private static int? ParseNumber(Match match) => int.TryParse(match.Groups[1].Value, NumberStyles.None, null, out var number) ? number : null;

    /// <summary>The tools' name for a parameter of OpenAI's; null for what no caller can change.</summary>
    private static string? MapParameter(ApiErrorBody error) => error.Param switch
    {
        "size" => "width and height",
        "n" => "count",
        "output_format" => "format",
        "output_compression" => "compression",
        "prompt" or "quality" or "background" => error.Param,
        // Some relays leave out which parameter it is about.
        null when error.Message?.StartsWith("Transparent background", StringComparison.OrdinalIgnoreCase) is true => "background",
        _ => null,
    };

    /// <summary>image, image[], image[3], images[3].image_url.</summary>
    [GeneratedRegex(@"^images?(?:\[([0-9]{0,2})\]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex ImageParam { get; }

    [GeneratedRegex(@"\bimage ([0-9]{1,2})\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NumberedImage { get; }
}
