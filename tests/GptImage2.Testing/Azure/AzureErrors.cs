namespace GptImage2.Testing.Azure;

/// <summary>Azure's content filter in its own words (its how-to on image generation, 2026-04, and reports of 2026).</summary>
public static class AzureErrors
{
    public const string FilteredPrompt =
        """
        {"error":{"code":"contentFilter","message":"Your task failed as a result of our safety system.","param":null,"type":"image_generation_user_error",
        "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_results":{"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":true,"severity":"medium"},
        "hate":{"filtered":true,"severity":"high"},"jailbreak":{"detected":false,"filtered":false},"profanity":{"detected":false}}}}}
        """;

    public const string BlockedResult = """{"error":{"code":"content_policy_violation","message":"Response content blocked by label 'sexual'.","type":"image_generation_user_error"}}""";
}
