namespace GptImage2.Imaging.Testing.Matting;

/// <summary>Drawn things that are see-through, which one picture of them does not tell.</summary>
public static class TranslucentSubjects
{
    private const int Size = 320;
    private static readonly Dictionary<string, Lazy<SubjectDrawing>> Drawings = new Dictionary<string, Func<SubjectDrawing, SubjectDrawing>>
    {
        ["tumbler"] = d => d
            .Box(90.4, 60.3, 228.7, 270.6).Fill((x, y) => (new Colour((byte)(210 + (x / 9)), (byte)(225 + (y / 12)), 240), 0.18 + (0.1 * Math.Sin(x / 14.0))))
            .Box(90.4, 150.2, 228.7, 260.6).Fill((x, y) => (new Colour(60, (byte)(120 + (y / 4)), 190), 0.55))
            .Box(90.4, 60.3, 99, 270.6).Box(220, 60.3, 228.7, 270.6).Fill(Colour.White, 0.5)
            .Stroke(t => (120, 85 + (140 * t)), 10, 5).Fill(Colour.White, 0.9)
            .Disc(170, 210, 22).Fill((x, y) => (new Colour((byte)(220 - (x / 8)), (byte)(60 + (y / 8)), 40), 1)),
        ["smoke"] = d => Enumerable.Range(0, 9).Aggregate(d, (drawing, puff) => drawing.AddHaze(
            new Colour((byte)(150 + (puff * 8)), (byte)(152 + (puff * 8)), (byte)(160 + (puff * 7))),
            (x, y) => 0.42 * Bell(x, y, 160 + (30 * Math.Sin(puff * 1.9)), 235 - (puff * 16), 14 + (puff * 2), 19))),
        ["glow"] = d => d
            .AddHaze(new Colour(255, 190, 90), (x, y) => 0.75 * Bell(x, y, 160, 150, 40, 40))
            .Disc(160, 150, 34).Fill((x, y) => (new Colour(255, (byte)(215 + (y / 8)), (byte)(120 + (x / 4))), 1))
            .Box(140, 182, 180, 240).Fill((x, y) => (new Colour((byte)(60 + (x / 3)), (byte)(60 + (x / 3)), (byte)(70 + (x / 3))), 1)),
        ["hair"] = Hair,
        ["veil"] = d => d
            .Ellipse(160, 150, 70, 95).Fill((x, y) => (new Colour((byte)(120 + (x / 4)), (byte)(70 + (y / 5)), 60), 1))
            .Box(60, 60, 262, 290).Fill((x, y) => (new Colour(245, 240, 250), 0.35 + (0.2 * Math.Sin((x / 9.0) + (y / 23.0))))),
    }.ToDictionary(pair => pair.Key, pair => new Lazy<SubjectDrawing>(() => pair.Value(new SubjectDrawing(Size))));

    public static IEnumerable<string> Names => Drawings.Keys;

    public static SubjectDrawing Get(string name) => Drawings[name].Value;

    private static double Bell(int x, int y, double middleX, double middleY, double across, double down) =>
        Math.Exp(-0.5 * (((x - middleX) / across * (x - middleX) / across) + ((y - middleY) / down * (y - middleY) / down)));

    private static SubjectDrawing Hair(SubjectDrawing drawing)
    {
        var random = new Random(17);
        drawing.Ellipse(160, 190, 60, 78).Fill((x, y) => (new Colour((byte)(190 - (x / 6)), (byte)(150 - (y / 6)), 110), 1));
        for (var strand = 0; strand < 160; strand++)
        {
            var (angle, length, bend) = (Math.PI + (Math.PI * strand / 160.0), 40 + (random.NextDouble() * 55), 10 * (random.NextDouble() - 0.5));
            var (x, y) = (160 + (56 * Math.Cos(angle)), 180 + (66 * Math.Sin(angle)));
            drawing.Stroke(t => (x + (Math.Cos(angle) * length * t) + (bend * Math.Sin(t * 6)), y + (Math.Sin(angle) * length * t) + (bend * t)), 1.8, 0.4, 160);
            if (strand % 20 is 19)
            {
                drawing.Fill(new Colour((byte)random.Next(50, 110), (byte)random.Next(30, 70), 25), 0.9);
            }
        }

        return drawing;
    }
}
