namespace GptImage2.Imaging.Testing.Matting;

/// <summary>What lies behind a subject, and what happened to the image since.</summary>
/// <param name="Name">As in the docs.</param>
/// <param name="Colour">In the middle.</param>
public sealed record Backdrop(string Name, Colour Colour)
{
    /// <summary>How bright it is at a place, of 1; both coordinates go from -1 to 1.</summary>
    public Func<double, double, double> Light { get; init; } = (_, _) => 1;

    /// <summary>Standard deviation in levels.</summary>
    public double Noise { get; init; }

    /// <summary>Share of the backdrop's light that the subject reflects.</summary>
    public double Spill { get; init; }

    /// <summary>Null for PNG.</summary>
    public int? JpegQuality { get; init; }

    /// <summary>So much colour that its hue tells what shows through.</summary>
    public bool IsSaturated => Math.Max(Colour.Red, Math.Max(Colour.Green, Colour.Blue)) - Math.Min(Colour.Red, Math.Min(Colour.Green, Colour.Blue)) > 60;
}
