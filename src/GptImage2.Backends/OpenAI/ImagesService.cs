using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Backends.OpenAI;

/// <summary>A service that speaks OpenAI's Images API: what tells it from the others that do.</summary>
internal sealed record ImagesService
{
    /// <summary>For records and settings: openai, azure, ….</summary>
    public required string Name { get; init; }

    public required ServiceWords Words { get; init; }

    /// <summary>What texts show of where it is.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The address of images/generations and images/edits, and of whatever else is asked.</summary>
    public required Func<string, string> GetUrl { get; init; }

    /// <summary>Adds the headers that say who asks. Throws an <see cref="ImageException"/> where there is nothing to say.</summary>
    public required Func<HttpRequestMessage, CancellationToken, ValueTask> AuthorizeAsync { get; init; }

    /// <summary>Whether there is a key that can be sent, or no need of one. Nothing is asked.</summary>
    public required bool HasCredentials { get; init; }

    /// <summary>What no text may show.</summary>
    public required Secret Secret { get; init; }

    /// <summary>The rules of the model; a service may learn of it only after the start.</summary>
    public required Func<ModelProfile> GetProfile { get; init; }

    /// <inheritdoc cref="Generation.Rendering.IImageBackend.PrepareAsync"/>
    public Func<CancellationToken, Task>? PrepareAsync { get; init; }

    /// <summary>What requests call the model; null for its own id.</summary>
    public string? ModelName { get; init; }

    /// <summary>Whether a single image is fetched as a stream of events.</summary>
    public required bool Streams { get; init; }

    /// <summary>From connecting to the last byte, for each attempt.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The requests that a request of ours becomes, where that is not the one that OpenAI takes.</summary>
    public Func<Validated<ImageRequest>, RenderInputs, IReadOnlyList<OpenAICall>>? CreateCalls { get; init; }

    /// <summary>Reads an answer that is not in the form of OpenAI's, and gives what it holds in addition to images.</summary>
    public Func<HttpResponseMessage, RenderSinkTarget, CancellationToken, Task<JsonElement>>? ReadAnswerAsync { get; init; }

    /// <summary>Whether its answers say in USD what they cost.</summary>
    public bool ReportsCost { get; init; }

    /// <inheritdoc cref="Generation.Rendering.IImageBackend.CheckAsync"/>
    public required Func<ImagesService, HttpClient, CancellationToken, Task<string>> CheckAsync { get; init; }
}

/// <summary>How texts speak of a service, and of the settings that its user can change.</summary>
internal sealed record ServiceWords
{
    /// <summary>The subject of sentences.</summary>
    public required string Name { get; init; }

    public required string KeySetting { get; init; }

    /// <summary>The settings that say who asks, the key's among them.</summary>
    public required string AccountSettings { get; init; }

    /// <summary>What decides what the user may do there.</summary>
    public required string Permissions { get; init; }

    public required string AddressSetting { get; init; }

    /// <summary>What that setting should look like, as the rest of a sentence.</summary>
    public required string AddressExample { get; init; }

    /// <summary>What to do where the model is not known, as a sentence.</summary>
    public required string ModelAdvice { get; init; }

    public required string TimeoutSetting { get; init; }

    /// <summary>What to do where the service does not stream, as a sentence.</summary>
    public required string StreamAdvice { get; init; }

    /// <summary>The account is empty: what the user can do, in sentences.</summary>
    public required string NoCredit { get; init; }

    /// <summary>A spending limit is reached, whose is given: what the user can do, in sentences.</summary>
    public required Func<string, string> SpendingLimit { get; init; }

    /// <summary>Whether nothing ever costs anything there.</summary>
    public bool IsFree { get; init; }
}
