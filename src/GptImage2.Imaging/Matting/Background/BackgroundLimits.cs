namespace GptImage2.Imaging.Matting.Background;

/// <summary>What still counts as a plain backdrop and as a clear subject. Differences are in levels of an 8-bit channel.</summary>
internal static class BackgroundLimits
{
    /// <summary>A vignette of 15 % over white is 38.</summary>
    internal const double MaxDrift = 48;

    /// <summary>Grain and compression stay below 5; paper, walls and cloth do not.</summary>
    internal const double MaxNoise = 7;

    /// <summary>A portrait that fills the lower edge and a third of both sides leaves 0.58.</summary>
    internal const double MinBorderShare = 0.55;

    /// <summary>A subject's outline crosses the border a few times, a pattern all the time.</summary>
    internal const int MaxTransitions = 24;

    /// <summary>The typical pixel of a subject must be this far away.</summary>
    internal const double MinContrast = 20;

    /// <summary>The most different tenth of a subject must be this far away.</summary>
    internal const double MinPeakContrast = 30;

    /// <summary>Share of pixels below which there is nothing: a disc of 1/56 of the edge.</summary>
    internal const double MinForegroundShare = 0.00025;

    /// <summary>More than this share see-through is a cut-out; less is dust or rounded corners.</summary>
    internal const double MaxTransparentShare = 0.005;

    internal const long MaxPixels = 40_000_000;
}
