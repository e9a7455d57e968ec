namespace GptImage2.Matting.Onnx.Presets;

/// <summary>Which model finds subjects, and what it is told. What is null here is read from the graph, or follows from what kind of model it is.</summary>
public sealed record OnnxModelOptions
{
    /// <summary>The setting that names the model.</summary>
    public const string ModelVariable = "GPTIMAGE2_MATTING__MODEL";

    /// <summary>The setting that says what kind of model it is.</summary>
    public const string PresetVariable = "GPTIMAGE2_MATTING__PRESET";

    /// <summary>The setting that names the output.</summary>
    public const string OutputVariable = "GPTIMAGE2_MATTING__OUTPUT";

    /// <summary>The setting that limits memory.</summary>
    public const string MemoryVariable = "GPTIMAGE2_MATTING__MEMORYMEGABYTES";

    /// <summary>The most that the runtime's own limit can express, in megabytes.</summary>
    public const int MaxMemoryMegabytes = 4095;

    /// <summary>Absolute path of an ONNX file.</summary>
    public required string Model { get; init; }

    /// <summary>What kind of model it is; null where its name and its graph say so.</summary>
    public ModelPreset? Preset { get; init; }

    /// <summary>Edge of the image that the model sees, in pixels. A size that the graph fixes wins.</summary>
    public int? Size { get; init; }

    /// <summary>Subtracted from red, green and blue of 0 to 1.</summary>
    public ChannelValues? Mean { get; init; }

    /// <summary>What the difference is divided by.</summary>
    public ChannelValues? Deviation { get; init; }

    /// <summary>Name of the output that is the matte.</summary>
    public string? Output { get; init; }

    /// <summary>What the values of the output mean.</summary>
    public OutputRange? Range { get; init; }

    /// <summary>How many threads compute.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>The most the model may take, weights included, in megabytes; 0 for no limit. The first model of a process decides.</summary>
    public int MemoryMegabytes { get; init; } = MaxMemoryMegabytes;

    /// <summary>The longest that one image may take: a graph may loop for ever.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(10);
}
