namespace GptImage2.Imaging.Matting;

/// <summary>A subject without its backdrop. Disposing it lets the picture go.</summary>
/// <param name="Picture">8-bit sRGB with straight alpha, upright, as large as the original.</param>
/// <param name="Backdrop">What was taken away.</param>
/// <param name="SeeThroughShare">Share of pixels that are wholly transparent, 0 to 1.</param>
/// <param name="PartlySeeThrough">Number of pixels that are neither transparent nor opaque.</param>
public sealed record CutOut(Picture Picture, BackdropReport Backdrop, double SeeThroughShare, long PartlySeeThrough) : IDisposable
{
    public void Dispose() => Picture.Dispose();
}
