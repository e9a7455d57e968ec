using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.Scenario.Assets;
using GptImage2.Testing.Scenario.Jobs;

namespace GptImage2.Testing.Scenario;

/// <summary>Draws edits as the model does, wherever it is served: fully transparent areas of the mask change the first reference. Fits <see cref="StrictScenario.DrawImage"/>.</summary>
public static class ScenarioEdits
{
    /// <summary>The first reference must be a PNG.</summary>
    public static byte[] Draw(ScenarioOrder order, int index) => EditSimulator.Draw(
        new ImageOrder
        {
            Model = order.Model,
            Prompt = order.Prompt,
            Count = order.Count,
            Size = order.Size,
            Quality = order.Quality,
            Background = order.Background,
            Format = "png",
            Stream = false,
            PartialImages = 0,
            Images = [.. order.References.Select(ToImage)],
            Mask = order.Mask is { } mask ? ToImage(mask) : null,
        },
        index);

    private static ReceivedImage ToImage(StoredAsset asset) => new("image", asset.Name, asset.MediaType, asset.MediaType["image/".Length..], asset.Size, asset.Bytes);
}
