using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Models;

namespace GptImage2.Backends.OpenAI;

/// <summary>How to reach OpenAI's Images API, and what to ask of it beyond the request.</summary>
public sealed record OpenAIOptions
{
    /// <summary>Measured responses take up to about 280 s (p95, quality high); this is the timeout of OpenAI's own SDKs.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(600);

    /// <summary>Most previews of one image (openapi.yaml 2.3.0, 2026-08).</summary>
    public const int MaxPartialImages = 3;

    public required Secret ApiKey { get; init; }

    /// <summary>What precedes /images/generations.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.openai.com/v1");

    /// <summary>The organisation to bill, for keys that belong to several.</summary>
    public string? Organization { get; init; }

    /// <summary>The project to bill, for keys that belong to several.</summary>
    public string? Project { get; init; }

    /// <summary>Any model id; it decides the profile.</summary>
    public string Model { get; init; } = OpenAIModels.Default;

    /// <summary>Whether a single image is fetched as a stream of events; null for yes. Several never are.</summary>
    public bool? Stream { get; init; }

    /// <summary>Previews of a streamed image, 0 to <see cref="MaxPartialImages"/>. Each is billed as 100 output tokens.</summary>
    public int PartialImages { get; init; }

    /// <summary>From connecting to the last byte, for each attempt.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    internal string GetUrl(string path) => $"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{path}";
}
