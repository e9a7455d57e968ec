using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>The size of a panel: the name of a preset, or exact pixels, which are cut from a canvas where no canvas has them.</summary>
/// <param name="Canvas">What the model draws on, in pixels.</param>
/// <param name="ResizeTo">What is delivered, where that is not the canvas.</param>
internal sealed record PanelSize(Dimensions Canvas, Dimensions? ResizeTo)
{
    public Dimensions Delivered => ResizeTo ?? Canvas;

    public static PanelSize Of(Storyboard board, StoryboardPanel panel, SizeRules rules) => Of(panel.Words.Size ?? board.Size, rules);

    /// <param name="written">One that the rules about boards admit.</param>
    private static PanelSize Of(string written, SizeRules rules) =>
        Find(written) is { } preset ? new PanelSize(preset.Size, null)
        : Dimensions.TryParse(written, null, out var size) && rules.ChooseForDelivery(size) is var canvas ? new PanelSize(canvas, canvas == size ? null : size)
        : new PanelSize(SizePreset.Square.Size, null);

    private static SizePreset? Find(string written) => SizePreset.All.FirstOrDefault(preset => preset.Name == written.Trim());
}
