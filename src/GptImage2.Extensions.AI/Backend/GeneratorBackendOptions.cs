using System.Net;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;

namespace GptImage2.Extensions.AI.Backend;

/// <summary>What a host says of a generator that is to be a backend.</summary>
public sealed record GeneratorBackendOptions
{
    /// <summary>The backend's name, for records, texts and the order of backends: letters, digits and dashes, and none of ours.</summary>
    public required string Name { get; init; }

    /// <summary>What it can do and costs, for example one of <see cref="GeneratorProfiles"/>. Everything else is refused before the generator is called.</summary>
    public required ModelProfile Profile { get; init; }

    /// <summary>
    /// Called with the options of each call before they are used, for what a generator takes in its own way, such as
    /// <see cref="ImageGenerationOptions.RawRepresentationFactory"/>. Null where there is no such thing.
    /// </summary>
    public Action<ImageGenerationOptions, ImageRequest>? Configure { get; init; }

    /// <summary>
    /// The HTTP status that an exception of the generator stands for, or null. Only needed for exceptions other than
    /// <see cref="HttpRequestException"/> and those of OpenAI's and Azure's clients, which are known.
    /// </summary>
    public Func<Exception, HttpStatusCode?>? FindStatus { get; init; }
}
