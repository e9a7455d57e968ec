namespace GptImage2.Matting.Onnx.Presets;

/// <summary>What the values of a model's output mean.</summary>
public enum OutputRange
{
    /// <summary>Alpha from 0 to 1.</summary>
    Alpha,

    /// <summary>The logistic function makes alpha of them.</summary>
    Logits,

    /// <summary>The least value of an image is background, the largest is subject.</summary>
    MinMax,
}
