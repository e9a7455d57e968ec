using System.Globalization;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Errors;

namespace GptImage2.Backends.OpenAI;

/// <summary>Explains refusals that are about the account, not the request: keys, permissions, money, limits. None is billed.</summary>
internal sealed class OpenAIAccountErrors(OpenAIOptions options)
{
    private const string BillingPage = "https://platform.openai.com/settings/organization/billing";
    private const string LimitsPage = "https://platform.openai.com/settings/organization/limits";
    private const string VerificationPage = "https://platform.openai.com/settings/organization/general";

    public static Failure QuotaExceeded(ApiErrorBody said)
    {
        var limit = said.Code switch
        {
            "project_spend_limit_exceeded" => "project",
            "organization_spend_limit_exceeded" or "organization_usage_limit_exceeded" or "billing_hard_limit_reached" => "organisation",
            _ => null,
        };
        return new()
        {
            Code = FailureCode.OutOfMoney,
            Message = limit is null
                ? $"The OpenAI account has no credit left. The user can add some at {BillingPage} and then call again. Not billed."
                : $"The OpenAI {limit}'s spending limit is reached. The user can raise it at {LimitsPage} and then call again. Not billed.",
        };
    }

    public Failure InvalidApiKey(ApiErrorBody said) => new()
    {
        Code = FailureCode.AccessDenied,
        Message = said.Code is "invalid_api_key" or null
            ? "OpenAI does not accept the API key. The user must set a valid OPENAI_API_KEY for this server and restart it. Not billed."
            : $"OpenAI refused access{QuoteServiceMessage(said)} The user must check OPENAI_API_KEY, OPENAI_ORG_ID and OPENAI_PROJECT_ID and restart this server. Not billed.",
    };

    public Failure OrganizationNotVerified() => new()
    {
        Code = FailureCode.AccessDenied,
        Message = $"OpenAI lets only verified organisations use {options.Model}. The user can verify at {VerificationPage}; it works up to 15 minutes later. Not billed.",
    };

    public Failure PermissionDenied(ApiErrorBody said) => new()
    {
        Code = FailureCode.AccessDenied,
        Message = $"OpenAI does not allow this to the account{QuoteServiceMessage(said)} The user must check the key's permissions, OPENAI_ORG_ID and OPENAI_PROJECT_ID. Not billed.",
    };

    /// <param name="edits">Whether pictures went along, which not every service takes.</param>
    public Failure NotFound(ApiErrorBody said, bool edits) => said.Code is "model_not_found" || said.Param is "model" || said.Message?.Contains("model", StringComparison.OrdinalIgnoreCase) is true
        ? new()
        {
            Code = FailureCode.ModelNotFound,
            Message = $"OpenAI does not know the model '{options.Model}', or this key may not use it. The user can set GPTIMAGE2_MODEL to another, for example gpt-image-2, and restart this server. Not billed.",
        }
        : new()
        {
            Code = FailureCode.ServiceFailed,
            Message = $"{(edits ? "Pictures cannot be edited" : "There is no Images API")} at {options.BaseUrl.GetLeftPart(UriPartial.Path)}. The user must check OPENAI_BASE_URL; OpenAI's own is https://api.openai.com/v1. Not billed.",
        };

    public Failure RateLimited(ApiErrorBody said, TimeSpan? retryAfter)
    {
        var wait = retryAfter is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"Wait {Math.Max(1, Math.Ceiling(time.TotalSeconds)):0} s, then call again")
            : "Wait a minute, then call again";
        return new()
        {
            Code = FailureCode.RateLimited,
            Message = $"OpenAI's rate limit is reached{QuoteServiceMessage(said)} {wait}; fewer pictures at once help. Not billed.",
            Retry = RetryAdvice.Later,
            RetryAfter = retryAfter,
        };
    }

    /// <inheritdoc cref="ServiceMessageSanitizer.QuoteAfterColon"/>
    private string QuoteServiceMessage(ApiErrorBody said) => ServiceMessageSanitizer.QuoteAfterColon(said.Message, options.ApiKey);
}
