namespace GptImage2.Imaging.Matting;

/// <summary>The backdrop as measured.</summary>
/// <param name="Surface">Its colour at every pixel.</param>
/// <param name="Middle">Its typical colour.</param>
/// <param name="Noise">Standard deviation, in levels.</param>
/// <param name="BorderShare">Share of the border that shows it.</param>
/// <param name="Drift">How far its colour wanders along the border, in levels.</param>
internal sealed record Backdrop(ColourSurface Surface, Colour Middle, double Noise, double BorderShare, double Drift)
{
    /// <summary>Below this difference of channels a colour says nothing about how much of it is left: it counts as grey.</summary>
    private const int LeastChroma = 60;

    internal bool IsNeutral => Math.Max(Middle.Red, Math.Max(Middle.Green, Middle.Blue)) - Math.Min(Middle.Red, Math.Min(Middle.Green, Middle.Blue)) < LeastChroma;
}
