using GptImage2.Testing.OpenAI;

namespace GptImage2.Faults.Harness;

/// <summary>Environments that several tests use.</summary>
internal static class ServerEnvironment
{
    /// <summary>The stand-in as the service, no cap on spending it, and calls that wait for their images however busy the machine is.</summary>
    public static (string Variable, string Value)[] Create(StrictOpenAI service) =>
    [
        ("OPENAI_API_KEY", service.ApiKey),
        ("OPENAI_BASE_URL", service.BaseUrl.AbsoluteUri),
        ("GPTIMAGE2_SPENDING__PERCALLUSD", "none"),
        ("GPTIMAGE2_JOBS__WAITSECONDS", "600"),
    ];
}
