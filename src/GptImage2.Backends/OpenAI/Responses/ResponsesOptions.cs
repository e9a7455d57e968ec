namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>What the Responses API needs beyond <see cref="OpenAIOptions"/>.</summary>
public sealed record ResponsesOptions
{
    /// <summary>The language model that carries the image tool. It must be one that may call it.</summary>
    public string TextModel { get; init; } = TextModels.Default;

    public CompletionWindow Window { get; init; } = CompletionWindow.Soonest;

    /// <summary>The wait before the first question about a response; later ones grow to <see cref="LongestPoll"/>.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromSeconds(2);

    internal TimeSpan LongestPoll => Window is CompletionWindow.Soonest ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(1);

    /// <summary>How long the responses of a request are waited for in all: the window, and time to spare.</summary>
    internal TimeSpan WaitLimit => Window switch
    {
        CompletionWindow.TwoHours => TimeSpan.FromHours(3),
        CompletionWindow.EightHours => TimeSpan.FromHours(9),
        _ => TimeSpan.FromHours(1),
    };
}

/// <summary>By when a response is to be done (openai-node 7.58.0, 2026-11). A longer one is billed at a discount.</summary>
public enum CompletionWindow
{
    Soonest,
    TwoHours,
    EightHours,
}
