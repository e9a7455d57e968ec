namespace GptImage2.Imaging.Matting;

/// <summary>What still counts as a plain backdrop and as a clear subject. Differences are in levels of an 8-bit channel.</summary>
internal static class BackdropRules
{
    /// <summary>A vignette of 15 % over white is 38.</summary>
    internal const double MostDrift = 48;

    /// <summary>Grain and compression stay below 5; paper, walls and cloth do not.</summary>
    internal const double MostNoise = 7;

    /// <summary>A portrait that fills the lower edge and a third of both sides leaves 0.58.</summary>
    internal const double LeastBorder = 0.55;

    /// <summary>A subject's outline crosses the border a few times, a pattern all the time.</summary>
    internal const int MostCrossings = 24;

    /// <summary>The typical pixel of a subject must be this far away.</summary>
    internal const double LeastContrast = 20;

    /// <summary>The most different tenth of a subject must be this far away.</summary>
    internal const double LeastPeak = 30;

    /// <summary>Share of pixels below which there is nothing: a disc of 1/56 of the edge.</summary>
    internal const double LeastSubject = 0.00025;

    /// <summary>More than this share see-through is a cut-out; less is dust or rounded corners.</summary>
    internal const double MostSeeThrough = 0.005;

    internal const long MostPixels = 40_000_000;
}
