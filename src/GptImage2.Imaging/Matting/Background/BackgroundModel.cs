namespace GptImage2.Imaging.Matting.Background;

/// <summary>The backdrop as measured.</summary>
/// <param name="ColourField">Its colour at every pixel.</param>
/// <param name="MeanColour">Its typical colour.</param>
/// <param name="Noise">Standard deviation, in levels.</param>
/// <param name="BorderShare">Share of the border that shows it.</param>
/// <param name="Drift">How far its colour wanders along the border, in levels.</param>
internal sealed record BackgroundModel(PolynomialColourField ColourField, Colour MeanColour, double Noise, double BorderShare, double Drift)
{
    /// <summary>Below this difference of channels a colour says nothing about how much of it is left: it counts as grey.</summary>
    private const int MinChroma = 60;

    internal bool IsNeutral => Math.Max(MeanColour.Red, Math.Max(MeanColour.Green, MeanColour.Blue)) - Math.Min(MeanColour.Red, Math.Min(MeanColour.Green, MeanColour.Blue)) < MinChroma;
}
