namespace GptImage2.Backends.OpenAI.Compatible.Servers;

/// <summary>What tells a server from OpenAI. What it lacks is done on this machine or refused before anything is sent.</summary>
internal sealed record ServerTraits
{
    /// <summary>As settings name it.</summary>
    public required string Id { get; init; }

    /// <summary>As texts name it.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it runs on its user's own machine and asks for no money.</summary>
    public bool IsFree { get; init; }

    /// <summary>Whether requests must name a model.</summary>
    public bool NeedsModel { get; init; }

    public BodyStyle Body { get; init; } = BodyStyle.OpenAI;

    /// <summary>What edits are sent to; null where images go with the body of <see cref="Body"/> to the one address there is.</summary>
    public string? EditPath { get; init; } = "images/edits";

    /// <summary>What drawings are sent to.</summary>
    public string GenerationPath { get; init; } = "images/generations";

    /// <summary>Where the models are listed that draw.</summary>
    public string ModelsPath { get; init; } = "models";

    /// <summary>What a form calls each image.</summary>
    public string ImageField { get; init; } = "image[]";

    /// <summary>What a form calls the mask; null where there are none.</summary>
    public string? MaskField { get; init; } = "mask";

    /// <summary>Whether white is what may change; otherwise what is transparent.</summary>
    public bool HasWhiteMask { get; init; }

    /// <summary>Whether transparency of an image is dropped there, so that what is under it would show.</summary>
    public bool FlattensAlpha { get; init; }

    /// <summary>What response_format has to be for the images to be in the answer; null where it must not be sent.</summary>
    public string? ResponseFormat { get; init; } = "b64_json";

    /// <summary>Whether output_format, quality and background are understood.</summary>
    public bool TakesOpenAIFields { get; init; }

    public bool TakesOutputFormat { get; init; }

    public bool DrawsOneByOne { get; init; }

    public int MaxCount { get; init; } = 10;

    public int MaxReferences { get; init; } = 16;

    /// <summary>Whether answers say in USD what they cost.</summary>
    public bool ReportsCost { get; init; }

    /// <summary>Whether it has jobs that can be asked about and cancelled.</summary>
    public bool HasJobs { get; init; }

    /// <summary>What the server would take out of a prompt and obey, or split it at; it is made harmless first.</summary>
    public Func<string, string> CleanPrompt { get; init; } = static prompt => prompt;
}

/// <summary>How the body of a request is written.</summary>
internal enum BodyStyle
{
    OpenAI,
    LocalAI,
    OpenRouter,
    Together,
}
