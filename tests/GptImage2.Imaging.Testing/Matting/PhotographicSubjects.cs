namespace GptImage2.Imaging.Testing.Matting;

/// <summary>Drawn after photographs that were once cut badly: pale and dark things with texture, in front of backdrops of their own colour.</summary>
public static class PhotographicSubjects
{
    private const int Size = 384;
    private static readonly Dictionary<string, Lazy<Subject>> Drawings = new Dictionary<string, Func<SubjectDrawing, SubjectDrawing>>
    {
        ["white shirt"] = WhiteShirt,
        ["rice"] = d => Grains(d, 150, 190, 178, 246, 4),
        ["white fur"] = d => FurBall(d, 236, 26, 7),
        ["dark fur"] = d => FurBall(d, 48, 34, 9),
        ["grey fur"] = d => FurBall(d, 132, 44, 13),
        ["black lamp"] = BlackLamp,
        ["plush"] = d => FurBall(d, 228, 10, 15),
        ["cartoon"] = Cartoon,
        ["light bulb"] = LightBulb,
        ["envelope"] = d => d.Box(60, 110, 324, 290).Fill(Grey(20)).Box(66, 116, 318, 284).Fill(Colour.White)
            .Stroke(t => (63 + (129 * t), 113 + (90 * t)), 6, 6).Stroke(t => (192 + (129 * t), 203 - (90 * t)), 6, 6).Fill(Grey(20)),
    }.ToDictionary(pair => pair.Key, pair => new Lazy<Subject>(() => pair.Value(new SubjectDrawing(Size))));

    public static IEnumerable<string> Names => Drawings.Keys;

    public static Subject Get(string name) => Drawings[name].Value;

    private static Colour Grey(double level) => Tinted(level, 0, 0);

    private static Colour Tinted(double level, double red, double blue) =>
        new((byte)Math.Clamp(level + red, 0, 255), (byte)Math.Clamp(level, 0, 255), (byte)Math.Clamp(level + blue, 0, 255));

    private static SubjectDrawing WhiteShirt(SubjectDrawing drawing) => drawing
        .Box(150, 180, 234, 384).Ellipse(192, 300, 110, 120).Fill((x, y) => (Tinted(251 - (11 * Math.Pow(Math.Sin((x / 23.0) + (y / 41.0)), 4)) - (6 * Math.Pow(Math.Sin((x / 15.0) - (y / 60.0)), 6)), 0, 1), 1))
        .Box(172, 140, 212, 190).Ellipse(192, 110, 52, 64).Fill((x, y) => (Tinted(176 - (0.3 * Math.Abs(x - 180)) - (y * 0.1), 44, -30), 1))
        .Ellipse(192, 72, 60, 42).Fill((x, y) => (Tinted(52 + (18 * Math.Sin(x * 0.9)), 18, -10), 1));

    private static SubjectDrawing BlackLamp(SubjectDrawing drawing) => drawing
        .Box(184, 90, 200, 330).Ellipse(192, 335, 80, 16).Fill((x, _) => (Grey(14 + (40 * Math.Exp(-0.5 * Math.Pow((x - 190) / 4.0, 2)))), 1))
        .Ellipse(192, 90, 70, 50).Fill((x, y) => (Grey(12 + (70 * Math.Exp(-(Math.Pow((x - 165) / 20.0, 2) + Math.Pow((y - 70) / 12.0, 2))))), 1))
        .Ellipse(192, 128, 60, 8).Fill(new Colour(250, 220, 150));

    private static SubjectDrawing Cartoon(SubjectDrawing drawing) => drawing
        .Disc(192, 192, 130).Fill(Grey(10)).Disc(192, 192, 124).Fill(new Colour(250, 210, 60))
        .Ellipse(145, 160, 34, 44).Ellipse(239, 160, 34, 44).Fill(Grey(10)).Ellipse(145, 160, 29, 39).Ellipse(239, 160, 29, 39).Fill(Colour.White)
        .Disc(150, 168, 14).Disc(234, 168, 14).Fill(Grey(10)).Box(130, 240, 254, 275).Fill(Grey(10)).Box(135, 245, 249, 270).Fill(Colour.White);

    private static SubjectDrawing LightBulb(SubjectDrawing drawing) => drawing
        .Ellipse(192, 150, 92, 98).Box(150, 215, 234, 262).Fill((x, y) => (Tinted(249 - (44 * Math.Pow(Math.Sqrt(Math.Pow((x - 180) / 100.0, 2) + Math.Pow((y - 140) / 125.0, 2)), 3)), 2, -5), 1))
        .Box(152, 258, 232, 322).Fill((x, y) => (Grey(120 + (70 * Math.Sin(x / 26.0)) + (20 * Math.Sin(y * 0.7))), 1));

    private static SubjectDrawing Grains(SubjectDrawing drawing, double across, double y, double low, double high, int seed)
    {
        var random = new Random(seed);
        drawing.Ellipse(192, y + 50, across, 90).Fill(Grey(low + 20));
        for (var shade = 0; shade < 8; shade++)
        {
            for (var i = 0; i < 130; i++)
            {
                var (angle, radius, turn) = (random.NextDouble() * Math.PI * 2, Math.Sqrt(random.NextDouble()), random.NextDouble() * Math.PI);
                var (x, top) = (192 + ((across - 6) * radius * Math.Cos(angle)), y + 50 + (84 * radius * Math.Sin(angle)));
                drawing.Stroke(t => (x + (14 * (t - 0.5) * Math.Cos(turn)), top + (14 * (t - 0.5) * Math.Sin(turn))), 5, 5, 10);
            }

            drawing.Fill(Tinted(low + ((high - low) * (shade + 1) / 8), 2, -4));
        }

        return drawing;
    }

    private static SubjectDrawing FurBall(SubjectDrawing drawing, double level, double contrast, int seed)
    {
        var random = new Random(seed);
        double[] waves = [.. Enumerable.Range(0, 12).Select(_ => (random.NextDouble() - 0.5) * 0.9)];
        drawing.Ellipse(192, 200, 112, 128);
        for (var i = 0; i < 500; i++)
        {
            var (angle, length, lean) = (i * Math.PI / 250, 4 + (random.NextDouble() * 20), random.NextDouble() - 0.5);
            drawing.Stroke(t => (192 + (Math.Cos(angle + (lean * t * 0.2)) * (110 + (length * t))), 200 + (Math.Sin(angle + (lean * t * 0.2)) * (126 + (length * t)))), 2, 0.5, 60);
        }

        drawing.Fill((x, y) => (Tinted(level + (contrast * Texture(waves, x, y)), 2, -3), 1));
        return drawing.Disc(155, 160, 9).Disc(229, 160, 9).Ellipse(192, 200, 16, 11).Fill(Grey(level > 128 ? 20 : 235));
    }

    /// <summary>From -1 to 1, in strokes some pixels wide.</summary>
    private static double Texture(double[] waves, int x, int y)
    {
        var sum = 0.0;
        for (var i = 0; i < waves.Length; i += 2)
        {
            sum += Math.Sin((x * waves[i]) + (y * waves[i + 1]) + (i * 2));
        }

        return Math.Clamp(sum / 3, -1, 1);
    }
}
