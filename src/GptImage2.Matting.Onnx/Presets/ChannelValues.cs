namespace GptImage2.Matting.Onnx.Presets;

/// <summary>A value for each channel.</summary>
public readonly record struct ChannelValues(float Red, float Green, float Blue)
{
    /// <summary>The same for all.</summary>
    public ChannelValues(float value)
        : this(value, value, value)
    {
    }

    /// <summary>One number, or three separated by commas; null where it is neither.</summary>
    public static ChannelValues? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var numbers = new List<float>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !float.IsFinite(number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers switch
        {
            [var all] => new ChannelValues(all),
            [var red, var green, var blue] => new ChannelValues(red, green, blue),
            _ => null,
        };
    }
}
