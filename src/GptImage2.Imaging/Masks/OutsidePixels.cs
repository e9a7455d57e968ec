namespace GptImage2.Imaging.Masks;

/// <summary>What becomes of the pixels around the region.</summary>
public enum OutsidePixels
{
    /// <summary>Each stays as it was, exactly.</summary>
    Keep,

    /// <summary>Those that were sent are the model's too; the rest stay.</summary>
    Model,
}
