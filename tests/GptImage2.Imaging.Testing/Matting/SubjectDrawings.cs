namespace GptImage2.Imaging.Testing.Matting;

/// <summary>The drawn subjects, each made once.</summary>
public static class SubjectDrawings
{
    private const int Size = 288;
    private static readonly Dictionary<string, Lazy<SubjectDrawing>> Drawings = new Dictionary<string, Func<SubjectDrawing, SubjectDrawing>>
    {
        ["disc"] = d => d.Disc(143.3, 140.8, 88.4).Fill(new Colour(230, 120, 30)),
        ["ring"] = d => d.Disc(144, 144, 100.5).Hole(144, 144, 58.2).Fill((x, y) => (new Colour(200, (byte)(120 + (x / 4)), 60), 1)),
        ["curls"] = Curls,
        ["glass"] = Glass,
        ["soft shadow"] = d => d.AddHaze(Colour.Black, (x, y) => 0.5 * Bell(x, y, 150, 210, 70, 16)).Disc(144, 140, 62).Fill(new Colour(200, 40, 50)),
        ["text"] = d => d.AddText("Hoße&g", 60, 20, 30, new Colour(150, 20, 40)).AddText("fine print, 8 px", 13, 30, 170, new Colour(150, 20, 40)).AddText("a e o 6", 34, 30, 210, new Colour(150, 20, 40)),
        ["fur"] = Fur,
        ["leaf"] = Leaf,
        ["grey"] = d => d.Box(70.5, 60.3, 215.6, 230.2).Fill((x, y) => (Grey(105 + (x / 6)), 1)).Disc(150, 150, 30).Fill(Grey(150)),
        ["pale"] = d => d.Ellipse(144, 150, 80, 105).Fill((x, y) => (new Colour((byte)(215 + (y / 9)), (byte)(210 + (y / 9)), (byte)(190 + (y / 9))), 1)),
        ["dark"] = d => d.Stroke(t => (60 + (170 * t), 150 + (70 * Math.Sin(t * 9))), 30, 6).Fill(new Colour(35, 25, 45)),
        ["bubble"] = Bubble,
        ["product"] = Product,
        ["logo"] = d => d.AddText("B8&", 110, 24, 60, new Colour(20, 90, 160)).Box(30, 215, 250, 232).Fill(new Colour(235, 90, 20)),
        ["net"] = Net,
    }.ToDictionary(pair => pair.Key, pair => new Lazy<SubjectDrawing>(() => pair.Value(new SubjectDrawing(Size))));

    public static IEnumerable<string> Names => Drawings.Keys;

    public static SubjectDrawing Get(string name) => Drawings[name].Value;

    private static Colour Grey(int level) => new((byte)level, (byte)level, (byte)level);

    private static double Bell(int x, int y, double middleX, double middleY, double across, double down) =>
        Math.Exp(-0.5 * (((x - middleX) / across * (x - middleX) / across) + ((y - middleY) / down * (y - middleY) / down)));

    private static SubjectDrawing Curls(SubjectDrawing drawing)
    {
        var random = new Random(3);
        drawing.Ellipse(144, 160, 58, 74);
        for (var i = 0; i < 46; i++)
        {
            var angle = Math.PI + (Math.PI * i / 45.0);
            var (x, y) = (144 + (56 * Math.Cos(angle)), 160 + (72 * Math.Sin(angle)));
            var (length, turns, bend) = (26 + (random.NextDouble() * 40), 4 + (random.NextDouble() * 7), 4 + (random.NextDouble() * 7));
            drawing.Stroke(t => (x + (Math.Cos(angle) * length * t) + (bend * Math.Sin(t * turns)), y + (Math.Sin(angle) * length * t) + (bend * (1 - Math.Cos(t * turns)))), 1.8, 0.6);
        }

        return drawing.Fill(new Colour(70, 40, 22));
    }

    private static SubjectDrawing Fur(SubjectDrawing drawing)
    {
        var random = new Random(5);
        drawing.Disc(144, 144, 70).Fill(new Colour(170, 120, 70));
        for (var i = 0; i < 420; i++)
        {
            var angle = i * Math.PI * 2 / 420;
            var lean = random.NextDouble() - 0.5;
            var length = 70 + 10 + (random.NextDouble() * 26);
            var shade = random.Next(-25, 25);
            drawing.Stroke(t => (144 + (Math.Cos(angle + (lean * t * 0.3)) * (66 + ((length - 66) * t))), 144 + (Math.Sin(angle + (lean * t * 0.3)) * (66 + ((length - 66) * t)))), 2, 0.4, 150);
            if (i % 70 == 69)
            {
                drawing.Fill(new Colour((byte)(170 + shade), (byte)(120 + shade), (byte)(70 + shade)));
            }
        }

        return drawing;
    }

    private static SubjectDrawing Leaf(SubjectDrawing drawing)
    {
        for (var i = 0; i <= 80; i++)
        {
            var t = i / 80.0;
            drawing.Disc(50 + (180 * t), 230 - (170 * t), 50 * Math.Sin(Math.PI * Math.Pow(t, 0.8)));
        }

        return drawing.Fill((x, y) => (new Colour((byte)(40 + (x / 6)), (byte)(120 + (y / 8)), 45), 1))
            .Stroke(t => (30 + (205 * t), 249 - (194 * t)), 5, 1.2).Fill(new Colour(130, 160, 60));
    }

    private static SubjectDrawing Glass(SubjectDrawing drawing) => drawing
        .Box(90.4, 50.3, 198.7, 240.6).Fill(new Colour(235, 235, 235), 0.22)
        .Box(90.4, 50.3, 98, 240.6).Fill(Colour.White, 0.45).Box(190, 50.3, 198.7, 240.6).Fill(Colour.White, 0.45)
        .Box(90.4, 224, 198.7, 240.6).Fill(new Colour(210, 210, 210), 0.6)
        .Stroke(t => (115, 75 + (120 * t)), 9, 5).Fill(Colour.White, 0.85);

    private static SubjectDrawing Bubble(SubjectDrawing drawing) => drawing
        .Disc(144, 144, 96).Fill((x, y) => (Colour.White, 0.12 + (0.6 * Math.Pow(Math.Min(1, Math.Sqrt(((x - 144) * (x - 144)) + ((y - 144) * (y - 144))) / 96), 6))))
        .Ellipse(108, 100, 16, 10).Fill(Colour.White, 0.9);

    private static SubjectDrawing Product(SubjectDrawing drawing) => drawing
        .AddHaze(Colour.Black, (x, y) => 0.42 * Bell(x, y, 165, 243, 66, 9))
        .Box(100, 70, 190, 245).Box(128, 35, 162, 80).Fill((x, _) => (new Colour((byte)(30 + (x / 4)), (byte)(60 + (x / 4)), (byte)(90 + (x / 4))), 1))
        .Box(100, 120, 190, 190).Fill(new Colour(245, 240, 230)).AddText("oats", 26, 112, 135, new Colour(60, 30, 20));

    private static SubjectDrawing Net(SubjectDrawing drawing)
    {
        for (var i = 0; i < 9; i++)
        {
            var at = 60 + (i * 21);
            drawing.Stroke(t => (60 + (170 * t), at + (4 * Math.Sin(t * 12))), 2.2, 2.2).Stroke(t => (at + (4 * Math.Cos(t * 11)), 60 + (170 * t)), 2.2, 2.2);
        }

        return drawing.Fill(new Colour(140, 60, 110));
    }
}
