using System.Numerics;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Colours for a sketch: those that the prompt names, else a harmony derived from the prompt.</summary>
internal static class SketchPalette
{
    /// <summary>Words of a prompt by the colour that they stand for.</summary>
    private static readonly (Colour Colour, string[] Words)[] Colours =
    [
        (new(214, 60, 52), ["red"]),
        (new(170, 30, 50), ["crimson"]),
        (new(240, 140, 50), ["orange", "sunset"]),
        (new(245, 178, 60), ["amber", "gold", "golden", "sunrise"]),
        (new(246, 212, 80), ["yellow"]),
        (new(78, 154, 88), ["green"]),
        (new(32, 140, 104), ["emerald"]),
        (new(160, 206, 74), ["lime"]),
        (new(116, 168, 84), ["grass"]),
        (new(56, 104, 70), ["forest"]),
        (new(52, 156, 156), ["teal", "turquoise"]),
        (new(80, 190, 210), ["cyan"]),
        (new(66, 112, 198), ["blue"]),
        (new(136, 186, 228), ["sky"]),
        (new(92, 158, 196), ["water"]),
        (new(48, 112, 156), ["sea", "ocean"]),
        (new(34, 46, 86), ["navy", "night"]),
        (new(82, 72, 168), ["indigo"]),
        (new(128, 80, 168), ["purple"]),
        (new(146, 100, 200), ["violet"]),
        (new(206, 70, 150), ["magenta"]),
        (new(238, 148, 176), ["pink"]),
        (new(232, 92, 44), ["fire"]),
        (new(134, 92, 62), ["brown"]),
        (new(158, 112, 72), ["wood"]),
        (new(222, 184, 132), ["sand", "desert"]),
        (new(234, 220, 194), ["beige", "cream"]),
        (new(240, 243, 248), ["white", "snow"]),
        (new(206, 228, 242), ["ice"]),
        (new(226, 224, 222), ["marble"]),
        (new(188, 194, 204), ["silver"]),
        (new(140, 142, 144), ["grey", "gray", "stone"]),
        (new(42, 42, 50), ["black"]),
    ];

    private static readonly Dictionary<string, Colour> ColoursByWord = Colours
        .SelectMany(group => group.Words.Select(word => (word, group.Colour)))
        .ToDictionary(pair => pair.word, pair => pair.Colour, StringComparer.OrdinalIgnoreCase);

    /// <returns>Three colours or more, the prompt's own first.</returns>
    public static IReadOnlyList<Colour> FromPrompt(string prompt)
    {
        var named = prompt
            .Split([.. " \t\n\r,.;:!?\"'()-/"])
            .Where(ColoursByWord.ContainsKey)
            .Select(word => ColoursByWord[word])
            .Distinct()
            .Take(5)
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
        return first.Length() > 20 && Vector3.Dot(first, second) > 0.35 * first.Length() * second.Length();

        static Vector3 FromGrey(Colour colour) =>
            new Vector3(colour.Red, colour.Green, colour.Blue) - new Vector3((colour.Red + colour.Green + colour.Blue) / 3f);
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

        static byte Channel(double at) => (byte)(158 + (62 * Math.Cos(2 * Math.PI * at)));
    }
}
