namespace GptImage2.Imaging.Drawing;

/// <summary>Letters that a font has all of, or none.</summary>
/// <param name="Name">As people call it: by a language where several use it.</param>
/// <param name="Samples">Two letters, which have one size with the box that stands for a missing letter only where they are one; null where fonts have some and lack others.</param>
/// <param name="Package">Of Debian and Ubuntu, with a font that has them.</param>
/// <param name="Ranges">First and last character (Unicode 17, 2025).</param>
internal sealed record Script(string Name, string? Samples, string Package, params (int First, int Last)[] Ranges)
{
    private const string Cjk = "fonts-noto-cjk";
    private const string Noto = "fonts-noto-core";

    /// <summary>Outlines: Noto's emoji are coloured bitmaps, of which libvips draws large black shapes (tried with fonts-noto-color-emoji 2.042).</summary>
    private const string Outlines = "fonts-symbola";

    public static readonly Script Chinese = new("Chinese", "汉中", Cjk, (0x2E80, 0x303F), (0x31C0, 0x31EF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF));

    public static readonly Script Japanese = new("Japanese", "あカ", Cjk, (0x3040, 0x30FF), (0x31F0, 0x31FF));

    /// <summary>Those that the bundled font lacks, in whole or in part, and that people write prompts in.</summary>
    public static readonly IReadOnlyList<Script> All =
    [
        Chinese,
        Japanese,
        new("Korean", "한국", Cjk, (0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7FF)),
        new("Hindi", "हम", Noto, (0x0900, 0x097F)),
        new("Bengali", "বল", Noto, (0x0980, 0x09FF)),
        new("Punjabi", "ਪਜ", Noto, (0x0A00, 0x0A7F)),
        new("Gujarati", "ગજ", Noto, (0x0A80, 0x0AFF)),
        new("Tamil", "தழ", Noto, (0x0B80, 0x0BFF)),
        new("Telugu", "తగ", Noto, (0x0C00, 0x0C7F)),
        new("Kannada", "ಕನ", Noto, (0x0C80, 0x0CFF)),
        new("Malayalam", "മല", Noto, (0x0D00, 0x0D7F)),
        new("Thai", "กม", Noto, (0x0E00, 0x0E7F)),
        new("Arabic", "عب", Noto, (0x0600, 0x06FF), (0x0750, 0x077F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
        new("Hebrew", "של", Noto, (0x0590, 0x05FF), (0xFB1D, 0xFB4F)),
        new("emoji", null, Outlines, (0x1F300, 0x1F5FF), (0x1F680, 0x1F6FF), (0x1F900, 0x1FAFF)),
    ];

    /// <summary>The one that a character is of, or null where it is of none that is known to be missing anywhere.</summary>
    public static Script? Find(Rune rune) => rune.Value < 0x0590 ? null : All.FirstOrDefault(script => script.Ranges.Any(range => rune.Value >= range.First && rune.Value <= range.Last));
}
