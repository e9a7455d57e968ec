using GptImage2.Generation.Rendering;

namespace GptImage2.Extensions.AI.Backend;

/// <summary>Tokens, between our record of them and that of Microsoft.Extensions.AI.</summary>
internal static class GeneratorUsage
{
    /// <summary>The names under which Microsoft.Extensions.AI.OpenAI counts the two kinds of input (its source as of 2026-08).</summary>
    private const string ImageTokens = "InputTokenDetails.ImageTokenCount";
    private const string TextTokens = "InputTokenDetails.TextTokenCount";

    /// <param name="hasImages">Whether images were sent: input that is not told apart then counts as theirs, which are the dearer ones.</param>
    /// <returns>Null where no output was counted; some services report zeros.</returns>
    public static TokenUsage? Read(UsageDetails? usage, bool hasImages)
    {
        if (usage is not { OutputTokenCount: > 0 and var output })
        {
            return null;
        }

        var input = Math.Max(0, usage.InputTokenCount ?? 0);
        return (Find(usage, TextTokens), Find(usage, ImageTokens)) switch
        {
            (null, null) => hasImages ? new TokenUsage(0, input, output) : new TokenUsage(input, 0, output),
            (var text, null) => new TokenUsage(text.Value, Math.Max(0, input - text.Value), output),
            (null, { } image) => new TokenUsage(Math.Max(0, input - image), image, output),
            ({ } text, { } image) => new TokenUsage(text, image, output),
        };
    }

    public static UsageDetails? Create(TokenUsage? usage) => usage is null ? null : new UsageDetails
    {
        InputTokenCount = usage.TextIn + usage.ImageIn,
        OutputTokenCount = usage.Out,
        TotalTokenCount = usage.TextIn + usage.ImageIn + usage.Out,
        AdditionalCounts = new() { [ImageTokens] = usage.ImageIn, [TextTokens] = usage.TextIn },
    };

    private static long? Find(UsageDetails usage, string name) => usage.AdditionalCounts?.TryGetValue(name, out var count) is true && count >= 0 ? count : null;
}
