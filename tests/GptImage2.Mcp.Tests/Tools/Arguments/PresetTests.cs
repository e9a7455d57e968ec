using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

public sealed class PresetTests
{
    public static TheoryData<string> Models => [.. OpenAIModels.Current.Select(profile => profile.Model), "gpt-image-1.5", "unheard-of"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_preset_is_legal_for_every_model(string model) =>
        SizePreset.All.ShouldAllBe(preset => OpenAIModels.Resolve(model).Sizes.Allows(preset.Size));
}
