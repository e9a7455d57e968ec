namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Colours for a sketch: a tint that the prompt names, else one derived from the prompt.</summary>
internal static class SketchPalette
{
    public static readonly Colour Ink = new(38, 42, 52);

    private static readonly (int Rgb, string Words)[] Colours =
    [
        (0xD63C34, "red crimson scarlet fire"), (0xF08C32, "orange sunset copper"), (0xF0B43C, "amber gold golden yellow sunrise brass"), (0x4E9A4E, "green grass emerald lime forest"),
        (0x34A0A0, "teal turquoise cyan"), (0x4270C6, "blue sea ocean water sky"), (0x2A3A6E, "navy night indigo"), (0x8C56B4, "purple violet"), (0xE65A9A, "pink magenta"),
        (0x9A6A44, "brown wood wooden"), (0xD8B27C, "sand desert beige cream"), (0x9AB4C8, "white snow ice silver marble"), (0x82868C, "grey gray stone black fog"),
    ];

    private static readonly Dictionary<string, Colour> ColoursByWord = Colours
        .SelectMany(entry => entry.Words.Split(' ').Select(word => (word, Colour: new Colour((byte)(entry.Rgb >> 16), (byte)(entry.Rgb >> 8), (byte)entry.Rgb))))
        .ToDictionary(entry => entry.word, entry => entry.Colour, StringComparer.OrdinalIgnoreCase);

    /// <param name="number">Which of the call's images, from 1: each has a tint of its own as far as there are some.</param>
    /// <param name="backdrop">What it must differ from in hue; null for nothing.</param>
    public static Colour ChooseTint(string prompt, int number, Colour? backdrop)
    {
        Colour[] named = [.. prompt.Split([.. " \t\n\r,.;:!?\"'()-/"]).Where(ColoursByWord.ContainsKey).Select(word => ColoursByWord[word]).Distinct()];
        var turn = (SHA256.HashData(Encoding.UTF8.GetBytes(prompt))[0] / 256.0) + (0.29 * number);
        var tint = number <= named.Length ? named[number - 1] : new Colour(Channel(turn), Channel(turn - (1 / 3.0)), Channel(turn + (1 / 3.0)));
        return backdrop is { Chroma: > 0 } behind && 180 - Math.Abs(180 - Math.Abs(tint.Hue - behind.Hue)) < 60 ? new Colour(tint.Blue, tint.Red, tint.Green) : tint;

        static byte Channel(double at) => (byte)(138 + (70 * Math.Cos(2 * Math.PI * at)));
    }

    /// <param name="share">Of the colour; the rest is white.</param>
    public static Colour Lighten(Colour colour, double share)
    {
        return new Colour(Mix(colour.Red), Mix(colour.Green), Mix(colour.Blue));

        byte Mix(byte channel) => (byte)(255 - ((255 - channel) * share));
    }
}
