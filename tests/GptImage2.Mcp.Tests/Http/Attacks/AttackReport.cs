using GptImage2.Mcp.Tests.Http.Attacks.Tables;

namespace GptImage2.Mcp.Tests.Http.Attacks;

/// <summary>All attacks, and how a report of them looks.</summary>
internal static class AttackReport
{
    public static IReadOnlyList<(string Title, IReadOnlyList<Attack> Attacks)> Tables { get; } =
    [
        ("Getting in", [.. DoorAttacks.All, .. CredentialAttacks.All, .. AccessTokenAttacks.All]),
        ("Smuggling and bodies", [.. WireAttacks.All, .. MessageAttacks.All]),
        ("What is another's", [.. ForeignImageAttacks.All, .. ForeignJobAttacks.All, .. SessionAttacks.All]),
        ("Links and uploads", [.. LinkAttacks.All, .. UploadAttacks.All]),
        ("Files, addresses and limits", [.. FileAttacks.All, .. LimitAttacks.All]),
    ];

    public static IReadOnlyDictionary<string, Attack> All { get; } = Tables.SelectMany(table => table.Attacks).ToDictionary(attack => attack.Name);

    public static string Format(IReadOnlyDictionary<string, string> outcomes) => string.Join("\n", Tables.Select(table =>
        $"### {table.Title}\n\n| attack | tries | gets |\n|---|---|---|\n{string.Concat(table.Attacks.Select(attack => $"| {attack.Name} | {Escape(attack.Tries)} | {Escape(outcomes.GetValueOrDefault(attack.Name, ""))} |\n"))}"));

    /// <summary>The names alone, as docs/security.md has them.</summary>
    public static string FormatNames() => string.Join("\n\n", Tables.Select(table => $"**{table.Title}** ({table.Attacks.Count}): {string.Join(", ", table.Attacks.Select(attack => attack.Name))}."));

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
