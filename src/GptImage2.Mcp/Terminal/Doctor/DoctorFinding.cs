using GptImage2.Generation.Json;

namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">A word; clients go by their names.</param>
/// <param name="Remedy">The command that mends it, or a sentence where no command can; null where nothing is to be done.</param>
internal sealed record DoctorFinding(string Subject, FindingState State, string Text, string? Remedy = null)
{
    public static DoctorFinding Ok(string subject, string text) => new(subject, FindingState.Ok, text);

    public static DoctorFinding Note(string subject, string text, string? remedy = null) => new(subject, FindingState.Note, text, remedy);

    public static DoctorFinding Wrong(string subject, string text, string? remedy) => new(subject, FindingState.Wrong, text, remedy);

    /// <summary>The longest subject that is no client.</summary>
    public const int LeastWidth = 9;

    /// <param name="width">Of the column of subjects.</param>
    public string Format(int width)
    {
        var sign = State switch { FindingState.Ok => "ok   ", FindingState.Note => "note ", _ => "WRONG" };
        return $"{sign} {Subject.PadRight(width)} {Text}{(Remedy is null ? "" : $"\n      {new string(' ', width)} -> {Remedy}")}";
    }
}

[JsonConverter(typeof(SnakeCaseEnumConverter<FindingState>))]
internal enum FindingState
{
    Ok,

    /// <summary>Works, and could be better.</summary>
    Note,

    /// <summary>Must be mended.</summary>
    Wrong,
}
