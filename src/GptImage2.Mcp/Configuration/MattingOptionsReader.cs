using GptImage2.Matting.Onnx.Presets;

namespace GptImage2.Mcp.Configuration;

/// <summary>Reads which model cuts out of any background. Whether its file is there shows when it is used: a model that is gone must not keep a server from starting.</summary>
internal static class MattingOptionsReader
{
    private const string Auto = "auto";

    /// <returns>Null where there is no model.</returns>
    public static OnnxModelOptions? Read(SettingReader read)
    {
        var model = read.GetFile("Matting:Model");
        var defaults = new OnnxModelOptions { Model = model ?? "" };
        var preset = read.GetChoice("Matting:Preset", Auto, [Auto, .. ModelPreset.All.Select(known => known.Name)]);
        var range = read.GetChoice("Matting:Range", Auto, Auto, "alpha", "logits", "minmax");
        var options = defaults with
        {
            Preset = ModelPreset.All.FirstOrDefault(known => known.Name == preset),
            Size = read.GetInteger("Matting:Size", 0, 0, 4096) is var size and > 0 ? size : null,
            Mean = ReadChannels(read, "Matting:Mean"),
            Deviation = ReadChannels(read, "Matting:Deviation") is { } deviation && HasZero(deviation)
                ? read.AddProblem<ChannelValues?>("Matting:Deviation", "numbers other than 0", "0", null)
                : ReadChannels(read, "Matting:Deviation"),
            Output = read.GetText("Matting:Output"),
            Range = range switch
            {
                "alpha" => OutputRange.Alpha,
                "logits" => OutputRange.Logits,
                "minmax" => OutputRange.MinMax,
                _ => null,
            },
            Threads = read.GetInteger("Matting:Threads", defaults.Threads, 1, 64),
            MemoryMegabytes = read.GetInteger("Matting:MemoryMegabytes", defaults.MemoryMegabytes, 0, OnnxModelOptions.MaxMemoryMegabytes),
        };
        return model is null ? null : options;
    }

    private static ChannelValues? ReadChannels(SettingReader read, string key) => read.GetText(key) is not { } text ? null
        : ChannelValues.Parse(text) ?? read.AddProblem<ChannelValues?>(key, "one number, or three separated by commas for red, green and blue,", text, null);

    private static bool HasZero(ChannelValues values) => values.Red is 0 || values.Green is 0 || values.Blue is 0;
}
