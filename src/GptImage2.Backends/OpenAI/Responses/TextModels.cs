using GptImage2.Generation.Models;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>Language models whose prices are known. Any other may be used; what it costs is then unknown.</summary>
internal static class TextModels
{
    /// <summary>The cheapest that was seen to call the tool when told to (a public answer of 2026-05-15 with tool_choice image_generation).</summary>
    public const string Default = "gpt-5.4-mini";

    /// <summary>
    /// A longer data URL is refused, as by the JSON form of the Images API (openapi.yaml 2.3.0, 2026-08: 20,971,520 characters); with
    /// room for what precedes the base64.
    /// </summary>
    private const int MaxInlineBytes = (20_971_520 - 64) / 4 * 3;

    /// <summary>
    /// USD for a million tokens read and written, without the discounts of caches and windows (model pages of OpenRouter and WaveSpeed,
    /// read 2026-11, below 272,000 tokens of input), and the most patches of one image by the largest multiplier that OpenAI's vision
    /// guide names (1,536 or 2,500 times 1.62).
    /// </summary>
    private static readonly (string Name, CarrierTariff Tariff)[] Known =
    [
        ("gpt-5.4-mini", new CarrierTariff(In: 0.75m, Out: 4.5m, MaxImageTokens: 2489)),
        ("gpt-5.4", new CarrierTariff(In: 2.5m, Out: 15, MaxImageTokens: 4050)),
    ];

    /// <summary>An image model's profile, as it is reached through a language model: one image goes and comes at a time.</summary>
    public static ModelProfile Carry(ModelProfile model, string textModel)
    {
        var carrier = Known.FirstOrDefault(known => textModel == known.Name || IsSnapshot(textModel, known.Name)).Tariff;
        return model with
        {
            PartialImages = 0,
            Inputs = model.Inputs with { MaxBytes = Math.Min(model.Inputs.MaxBytes, MaxInlineBytes) },
            Tariff = (model.Tariff, carrier) switch
            {
                (Tariff.PerToken priced, not null) => priced with { Carrier = carrier },
                _ => new Tariff.Unknown(),
            },
            Warning = carrier is not null ? model.Warning : $"The price of the text model '{textModel}' is not known here, so the price of calls is unknown.",
        };
    }

    /// <summary>A dated id such as gpt-5.4-mini-2026-03-17; gpt-5.4-pro is another model.</summary>
    private static bool IsSnapshot(string id, string name) =>
        id.Length > name.Length + 1 && id.StartsWith($"{name}-", StringComparison.Ordinal) && char.IsAsciiDigit(id[name.Length + 1]);
}
