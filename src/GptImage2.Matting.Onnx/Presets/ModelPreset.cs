namespace GptImage2.Matting.Onnx.Presets;

/// <summary>How a kind of model wants its input, and what it answers, as its own reference code has it.</summary>
public sealed record ModelPreset
{
    private static readonly ChannelValues ImageNetMean = new(0.485f, 0.456f, 0.406f);
    private static readonly ChannelValues ImageNetDeviation = new(0.229f, 0.224f, 0.225f);

    public required string Name { get; init; }

    /// <summary>Parts of file names by which it is known, in lower case.</summary>
    public required IReadOnlyList<string> FileNames { get; init; }

    /// <summary>Edge of the square that the image is stretched to, or of its shorter side where the shape is kept; in pixels.</summary>
    public required int Size { get; init; }

    public required ChannelValues Mean { get; init; }

    public required ChannelValues Deviation { get; init; }

    public required OutputRange Range { get; init; }

    /// <summary>Whether the image keeps its shape, rounded to multiples of <see cref="Multiple"/>, in place of being stretched to a square.</summary>
    public bool KeepsShape { get; init; }

    /// <summary>Edges are multiples of this, in pixels.</summary>
    public int Multiple { get; init; } = 32;

    /// <summary>Whether colours are divided by the brightest value of the image in place of 255.</summary>
    public bool DividesByBrightest { get; init; }

    /// <summary>
    /// BiRefNet: inference.py of ZhengPeng7/BiRefNet resizes to 1024x1024 (torchvision Resize, Normalize with ImageNet's values) and takes the
    /// sigmoid of the last output, of which exports have one.
    /// </summary>
    public static ModelPreset BiRefNet { get; } = new()
    {
        Name = "birefnet",
        FileNames = ["birefnet"],
        Size = 1024,
        Mean = ImageNetMean,
        Deviation = ImageNetDeviation,
        Range = OutputRange.Logits,
    };

    /// <summary>ISNet: Inference.py of xuebinqin/DIS stretches to 1024x1024, normalizes with 0.5 and 1.0, and spreads the first output from its least to its largest value.</summary>
    public static ModelPreset IsNet { get; } = new()
    {
        Name = "isnet",
        FileNames = ["isnet"],
        Size = 1024,
        Mean = new ChannelValues(0.5f),
        Deviation = new ChannelValues(1),
        Range = OutputRange.MinMax,
    };

    /// <summary>U²-Net: u2net_test.py and data_loader.py of xuebinqin/U-2-Net: RescaleT(320) stretches, ToTensorLab divides by the brightest value, normPRED spreads the output.</summary>
    public static ModelPreset U2Net { get; } = new()
    {
        Name = "u2net",
        FileNames = ["u2net", "u-2-net", "silueta"],
        Size = 320,
        Mean = ImageNetMean,
        Deviation = ImageNetDeviation,
        Range = OutputRange.MinMax,
        DividesByBrightest = true,
    };

    /// <summary>The small U²-Net, of the same code.</summary>
    public static ModelPreset U2NetP { get; } = U2Net with { Name = "u2netp", FileNames = ["u2netp", "u-2-netp"] };

    /// <summary>MODNet: onnx/inference_onnx.py of ZHKKKe/MODNet scales the shorter side to 512, cuts both to multiples of 32, and normalizes with 0.5 and 0.5. For people.</summary>
    public static ModelPreset ModNet { get; } = new()
    {
        Name = "modnet",
        FileNames = ["modnet"],
        Size = 512,
        Mean = new ChannelValues(0.5f),
        Deviation = new ChannelValues(0.5f),
        Range = OutputRange.Alpha,
        KeepsShape = true,
    };

    /// <summary>Those of a longer name first.</summary>
    public static IReadOnlyList<ModelPreset> All { get; } = [BiRefNet, IsNet, U2NetP, U2Net, ModNet];

    /// <summary>By the name of a file; null where it says nothing.</summary>
    public static ModelPreset? ForFile(string path) =>
        Path.GetFileNameWithoutExtension(path).ToLowerInvariant() is var name ? All.FirstOrDefault(preset => preset.FileNames.Any(part => name.Contains(part, StringComparison.Ordinal))) : null;
}
