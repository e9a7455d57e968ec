using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;

namespace GptImage2.Backends.OpenAI.Compatible.Servers;

/// <summary>What may be asked of a compatible server. The models behind them are many and say little of themselves, so the rules are wide, and what comes back is checked.</summary>
internal static class CompatibleModels
{
    /// <summary>Any diffusion model of a local server: sizes by sd-server's limits, and no canvas is chosen that such models draw badly.</summary>
    private static readonly SizeRules LocalSizes = new()
    {
        EdgeMultiple = 16,
        MinEdge = 64,
        MaxEdge = 4096,
        MaxRatio = 8,
        MinPixels = 64 * 64,
        MaxPixels = 4096 * 4096,
        MinChosenPixels = 512 * 512,
        ExperimentalAbove = 2048 * 2048,
    };

    /// <summary>The rules of a model of which only the name is known.</summary>
    public static ModelProfile Resolve(string model) => Create(KnownServers.Unknown, model);

    /// <param name="model">As the user names it; null for whatever the server has.</param>
    public static ModelProfile Create(ServerTraits server, string? model)
    {
        var id = model ?? server.Id;
        var profile = OpenAIModels.Resolve(id[(id.LastIndexOf('/') + 1)..]);
        var isGptImage = profile.Family is not "unknown";
        return profile with
        {
            Model = id,
            Family = isGptImage ? profile.Family : server.Id,
            Sizes = isGptImage ? profile.Sizes : LocalSizes,
            Qualities = isGptImage ? profile.Qualities : [ImageQuality.Auto, ImageQuality.Low, ImageQuality.Medium, ImageQuality.High],
            Backgrounds = server.TakesOpenAIFields ? profile.Backgrounds : [ImageBackground.Auto, ImageBackground.Opaque],
            DrawsTransparency = false,
            ChoosesFormat = true,
            MaxCount = server.MaxCount,
            MaxReferences = server.MaxReferences,
            AcceptsMask = server.MaskField is not null,
            Inputs = profile.Inputs with { Formats = [ImageFormat.Png, ImageFormat.Jpeg] },
            Tariff = server.IsFree ? new Tariff.Free() : new Tariff.Unknown(),
            Released = null,
            Shutdown = null,
            Warning = null,
        };
    }
}
