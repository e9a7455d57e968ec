namespace GptImage2.Imaging.Testing.Matting;

/// <summary>Plain backdrops as studios, models and cameras make them.</summary>
public static class Backdrops
{
    private static readonly Colour Green = new(0, 200, 60);
    private static readonly Colour Paper = new(248, 247, 244);

    public static IReadOnlyList<Backdrop> All { get; } =
    [
        new("green", new Colour(0, 255, 0)),
        new("green, noise 4, JPEG 75", Green) { Noise = 4, JpegQuality = 75 },
        new("green, vignette of 28 %, spill", Green) { Light = Vignette(0.28), Spill = 0.1 },
        new("green cloth with folds, noise 2", Green) { Light = Folds, Noise = 2 },
        new("magenta, JPEG 80", new Colour(255, 0, 255)) { JpegQuality = 80 },
        new("white", Colour.White),
        new("white, JPEG 80", Colour.White) { JpegQuality = 80 },
        new("paper, noise 3", Paper) { Noise = 3 },
        new("paper, JPEG 80", Paper) { JpegQuality = 80 },
        new("grey", Grey(128)),
        new("grey, vignette of 15 %, noise 2", Grey(128)) { Light = Vignette(0.15), Noise = 2 },
        new("grey, JPEG 80", Grey(128)) { JpegQuality = 80 },
        new("grey gradient, 173 to 102", Grey(138)) { Light = (_, v) => (137.5 - (35.5 * v)) / 138 },
        new("black", Colour.Black),
        new("black, JPEG 80", Colour.Black) { JpegQuality = 80 },
    ];

    private static Colour Grey(byte level) => new(level, level, level);

    /// <param name="loss">Of light, in the corners.</param>
    private static Func<double, double, double> Vignette(double loss) => (u, v) => 1 - (loss / 2 * ((u * u) + (v * v)));

    /// <summary>Creases some eight levels deep, each an eighth of the image wide and less.</summary>
    private static double Folds(double u, double v) =>
        1 - (0.04 * Math.Pow(Math.Sin((9 * u) + (2 * v)), 8)) - (0.03 * Math.Pow(Math.Sin((4 * u) - (7 * v) + 1), 12));
}
