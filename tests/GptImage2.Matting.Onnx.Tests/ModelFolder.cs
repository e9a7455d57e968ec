using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Matting.Onnx.Presets;
using GptImage2.Testing.Images;

namespace GptImage2.Matting.Onnx.Tests;

/// <summary>A folder for model files, and images to ask them about.</summary>
public sealed class ModelFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gptimage2-models-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <returns>The absolute path.</returns>
    internal string Put(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>The options of a model that takes colours of 0 to 1 as they are and answers alpha.</summary>
    internal OnnxModelOptions Plain(TinyGraph graph, string name = "tiny.onnx") => new()
    {
        Model = Put(name, graph.Build()),
        Preset = ModelPreset.IsNet,
        Mean = new ChannelValues(0),
        Deviation = new ChannelValues(1),
        Range = OutputRange.Alpha,
        Threads = 1,
    };

    internal static async Task<Matte> PredictAsync(OnnxModelOptions options, EncodedImage image)
    {
        using var model = new OnnxMatteModel(options, TimeProvider.System);
        return await model.PredictAsync(image, TestContext.Current.CancellationToken);
    }

    internal static async Task<string> RefusalAsync(OnnxModelOptions options) =>
        (await Should.ThrowAsync<MatteModelException>(() => PredictAsync(options, OneColour(40, 80, 120)))).Message;

    /// <summary>Red grows to the right, green downwards; blue is 51 everywhere.</summary>
    internal static EncodedImage Gradient(int width, int height) => Draw(width, height, (x, y) => [(byte)(x * 255 / (width - 1)), (byte)(y * 255 / (height - 1)), 51, 255]);

    internal static EncodedImage OneColour(byte red, byte green, byte blue, int width = 24, int height = 16) => Draw(width, height, (_, _) => [red, green, blue, 255]);

    private static EncodedImage Draw(int width, int height, Func<int, int, byte[]> paint) => EncodedImage.FromMemory(
        new PngPixels(new Dimensions(width, height), [.. Enumerable.Range(0, width * height).SelectMany(place => paint(place % width, place / width))]).Encode(alpha: false));
}
