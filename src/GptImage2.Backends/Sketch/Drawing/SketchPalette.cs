namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Colours for a sketch: those that the prompt names, else a harmony derived from the prompt.</summary>
internal static class SketchPalette
{
    private static readonly Dictionary<string, Colour> NamedColours = new(StringComparer.OrdinalIgnoreCase)
    {
        ["red"] = new(214, 60, 52),
        ["crimson"] = new(170, 30, 50),
        ["orange"] = new(240, 140, 50),
        ["amber"] = new(245, 178, 60),
        ["yellow"] = new(246, 212, 80),
        ["gold"] = new(214, 168, 62),
        ["golden"] = new(230, 182, 84),
        ["green"] = new(78, 154, 88),
        ["emerald"] = new(32, 140, 104),
        ["lime"] = new(160, 206, 74),
        ["teal"] = new(40, 140, 144),
        ["cyan"] = new(80, 190, 210),
        ["turquoise"] = new(64, 186, 176),
        ["blue"] = new(66, 112, 198),
        ["navy"] = new(36, 52, 98),
        ["indigo"] = new(82, 72, 168),
        ["purple"] = new(128, 80, 168),
        ["violet"] = new(146, 100, 200),
        ["magenta"] = new(206, 70, 150),
        ["pink"] = new(238, 148, 176),
        ["brown"] = new(134, 92, 62),
        ["beige"] = new(222, 206, 176),
        ["cream"] = new(244, 234, 210),
        ["white"] = new(244, 244, 246),
        ["snow"] = new(236, 242, 250),
        ["ice"] = new(206, 228, 242),
        ["silver"] = new(188, 194, 204),
        ["grey"] = new(134, 138, 146),
        ["gray"] = new(134, 138, 146),
        ["black"] = new(42, 42, 50),
        ["night"] = new(30, 36, 70),
        ["forest"] = new(56, 104, 70),
        ["grass"] = new(116, 168, 84),
        ["sky"] = new(136, 186, 228),
        ["sea"] = new(58, 124, 160),
        ["ocean"] = new(40, 102, 150),
        ["water"] = new(92, 158, 196),
        ["sand"] = new(224, 198, 150),
        ["desert"] = new(220, 170, 114),
        ["sunset"] = new(240, 126, 92),
        ["sunrise"] = new(250, 170, 120),
        ["fire"] = new(232, 92, 44),
        ["wood"] = new(158, 112, 72),
        ["stone"] = new(150, 146, 140),
        ["marble"] = new(226, 224, 222),
    };

    /// <returns>Three colours or more, the prompt's own first.</returns>
    public static IReadOnlyList<Colour> FromPrompt(string prompt)
    {
        var named = prompt
            .Split((char[])[' ', '\t', '\n', '\r', ',', '.', ';', ':', '!', '?', '"', '\'', '(', ')', '-', '/'], StringSplitOptions.RemoveEmptyEntries)
            .Where(NamedColours.ContainsKey)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(5)
            .Select(word => NamedColours[word])
            .ToArray();

        return named.Length >= 3 ? named : [.. named, .. CreateHarmony(prompt).Take(4 - named.Length)];
    }

    /// <summary>A colour of another hue where this one's is close to that of a ground to be distinguished from.</summary>
    public static Colour ShiftHueAwayFrom(Colour colour, Colour ground) =>
        HasSimilarHue(colour, ground) ? new Colour(colour.Blue, colour.Red, colour.Green) : colour;

    /// <summary>Whether two colours differ from grey in about the same direction.</summary>
    private static bool HasSimilarHue(Colour one, Colour other)
    {
        var (first, second) = (FromGrey(one), FromGrey(other));
        var along = first.Zip(second, (left, right) => left * right).Sum();
        var (length, reach) = (Length(first), Length(second));
        return length > 20 && along > 0.35 * length * reach;

        static double[] FromGrey(Colour colour)
        {
            var grey = (colour.Red + colour.Green + colour.Blue) / 3.0;
            return [colour.Red - grey, colour.Green - grey, colour.Blue - grey];
        }

        static double Length(double[] vector) => Math.Sqrt(vector.Sum(part => part * part));
    }

    /// <summary>Soft hues a third of the circle apart, starting at a hue derived from the prompt.</summary>
    private static IEnumerable<Colour> CreateHarmony(string prompt)
    {
        var start = SHA256.HashData(Encoding.UTF8.GetBytes(prompt))[0] / 256.0;
        return [FromHue(start), FromHue(start + 0.08), FromHue(start + 0.5), FromHue(start + 0.58)];
    }

    private static Colour FromHue(double turn)
    {
        return new Colour(Channel(turn + (1 / 3.0)), Channel(turn), Channel(turn - (1 / 3.0)));

        static byte Channel(double at)
        {
            var wave = 0.5 + (0.5 * Math.Cos(2 * Math.PI * at));
            return (byte)(96 + (124 * wave));
        }
    }
}
