using GptImage2.Generation.Json;

namespace GptImage2.Generation.Requests;

/// <summary>How a subject is told from what is behind it.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CutoutMethod>))]
public enum CutoutMethod
{
    /// <summary>By the colour of the backdrop where that is plain; else by a model, where this machine has one.</summary>
    Auto,

    /// <summary>By the colour of a plain backdrop, on this machine.</summary>
    Key,

    /// <summary>By a model that knows subjects from backgrounds, on this machine.</summary>
    Model,

    /// <summary>By a service, for money.</summary>
    Service,
}
