namespace GptImage2.Mcp.Terminal.Pictures;

/// <summary>How a terminal is given a picture among its text.</summary>
internal enum PictureProtocol
{
    /// <summary>It cannot show one.</summary>
    Off,

    /// <summary>iTerm2's inline images (iterm2.com/documentation-images.html), which WezTerm, mintty and VS Code take, too.</summary>
    ITerm2,

    /// <summary>Kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol), which Ghostty and Konsole take, too.</summary>
    Kitty,

    /// <summary>DEC's sixels (VT330/VT340 programmer reference manual, chapter 14): foot, mlterm, Windows Terminal from 1.22 on.</summary>
    Sixel,
}

/// <summary>Finds out what a terminal can show. By its variables alone: asking it would need its keyboard.</summary>
internal static class PictureProtocols
{
    private static readonly Dictionary<string, PictureProtocol> ByProgram = new(StringComparer.OrdinalIgnoreCase)
    {
        ["iTerm.app"] = PictureProtocol.ITerm2,
        ["WezTerm"] = PictureProtocol.ITerm2,
        ["mintty"] = PictureProtocol.ITerm2,
        ["ghostty"] = PictureProtocol.Kitty,
    };

    /// <summary>Written in front of a terminal's TERM.</summary>
    private static readonly (string Start, PictureProtocol Protocol)[] ByTerm =
    [
        ("xterm-kitty", PictureProtocol.Kitty), ("xterm-ghostty", PictureProtocol.Kitty), ("foot", PictureProtocol.Sixel), ("mlterm", PictureProtocol.Sixel), ("contour", PictureProtocol.Sixel),
    ];

    /// <param name="read">A variable of the environment.</param>
    public static PictureProtocol Detect(Func<string, string?> read)
    {
        if (read("TMUX") is not null || read("STY") is not null)
        {
            // A multiplexer stands between, and would print the picture's bytes as text.
            return PictureProtocol.Off;
        }

        var (program, term) = (read("TERM_PROGRAM") ?? "", read("TERM") ?? "");
        return ByProgram.TryGetValue(program, out var known) ? known
            : ByTerm.FirstOrDefault(entry => term.StartsWith(entry.Start, StringComparison.Ordinal)) is { Start: not null } named ? named.Protocol
            : read("KITTY_WINDOW_ID") is not null ? PictureProtocol.Kitty
            : read("LC_TERMINAL") is "iTerm2" ? PictureProtocol.ITerm2
            : PictureProtocol.Off;
    }
}
