namespace GptImage2.Imaging.Matting.Background;

/// <summary>The measured background.</summary>
/// <param name="ColourField">The background's colour at every pixel.</param>
/// <param name="MeanColour">Mean colour along the border.</param>
/// <param name="Noise">Standard deviation in levels.</param>
/// <param name="BorderShare">Share of the border that shows the background, 0 to 1.</param>
/// <param name="Drift">Range of the field along the border in levels, of the channel that varies most.</param>
internal sealed record BackgroundModel(PolynomialColourField ColourField, Colour MeanColour, double Noise, double BorderShare, double Drift)
{
    /// <summary>Below this chroma a background counts as grey: its hue does not reveal how much of it shows through.</summary>
    private const int MinChroma = 60;

    internal bool IsNeutral => MeanColour.Chroma < MinChroma;
}

/// <summary>What still counts as a uniform background and as a distinct subject. Differences are in levels of an 8-bit channel.</summary>
internal static class BackgroundLimits
{
    /// <summary>A studio's grey wall that goes from 173 to 102 has 71, an unevenly lit green screen up to 81; beyond this it is a scene.</summary>
    internal const double MaxDrift = 140;

    /// <summary>Grain and compression stay below 5; paper, walls and cloth do not.</summary>
    internal const double MaxNoise = 7;

    /// <summary>A portrait that fills the lower edge and a third of both sides leaves 0.58.</summary>
    internal const double MinBorderShare = 0.55;

    /// <summary>A subject's outline crosses the border a few times, a pattern many times.</summary>
    internal const int MaxTransitions = 24;

    /// <summary>The median difference of a subject must be at least this.</summary>
    internal const double MinContrast = 20;

    /// <summary>The 90th percentile of a subject's difference must be at least this.</summary>
    internal const double MinPeakContrast = 30;

    /// <summary>Share of pixels below which there is no subject: a disc of 1/56 of the edge.</summary>
    internal const double MinForegroundShare = 0.00025;

    /// <summary>An image with a larger share of transparent pixels is a cut-out; less is dust or rounded corners.</summary>
    internal const double MaxTransparentShare = 0.005;

    internal const long MaxPixels = 40_000_000;

    /// <summary>Above this a subject is found at <see cref="ReducedPixels"/>, and its edge refined at full size: memory and time are bounded, and one sees no difference.</summary>
    internal const long MaxWorkingPixels = 9_000_000;

    internal const long ReducedPixels = 4_000_000;
}
