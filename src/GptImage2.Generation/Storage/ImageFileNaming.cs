using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GptImage2.Generation.Storage;

/// <summary>The names of one picture's files, by the moment it was begun. All are without a folder.</summary>
internal sealed partial class ImageFileNaming
{
    private const string IdPrefix = "img_";

    private static readonly SearchValues<char> Legal =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    private readonly ImageDraft _draft;
    private readonly string _time;
    private readonly string _stem;

    public ImageFileNaming(ImageDraft draft, DateTimeOffset begun)
    {
        if (draft.JobId.AsSpan().ContainsAnyExcept(Legal))
        {
            throw new ArgumentException("A job's id consists of ASCII letters, digits, dashes and underscores.", nameof(draft));
        }

        _draft = draft;
        DayFolder = GetDayFolder(begun);
        _time = begun.UtcDateTime.ToString("HHmmss", CultureInfo.InvariantCulture);
        _stem = $"{_time}-{Slug.Create(draft.Title)}";
        if (StoredPathPattern.Match(draft.DerivedFromPath ?? "") is { Success: true } kept)
        {
            (DayFolder, _stem, _time) = (kept.Groups["day"].Value, kept.Groups["stem"].Value, kept.Groups["time"].Value);
        }
    }

    /// <summary>The folder of the store that its file belongs in.</summary>
    public string DayFolder { get; }

    public string Id => _draft.Id;

    /// <summary>Whether it can be made again, so that what lies under its name may go.</summary>
    public bool Finished => _draft.Finished;

    /// <summary>What only files of this picture match.</summary>
    public string SiblingPattern => $"*-{WithoutPrefix(Id)}.*";

    /// <summary>While it arrives: tells a later start whose it was.</summary>
    /// <param name="attempt">From 1; more where the name is taken, by a picture that a crash cut off.</param>
    public string TemporaryName(int attempt) => string.Create(
        CultureInfo.InvariantCulture,
        $".{_draft.JobId}-{_draft.Number}{(_draft.Finished ? "-finished" : "")}{(attempt > 1 ? $"-{attempt}" : "")}.part");

    public string FinalName(string extension) => $"{_stem}-{WithoutPrefix(Id)}.{extension}";

    /// <summary>For bytes that were paid for and are no picture, or not known to be one.</summary>
    public string QuarantineName(string extension) => $"{_time}-{WithoutPrefix(Id)}.{extension}";

    /// <summary>For bytes that were paid for and stand where others of the same picture belong.</summary>
    public string SupersededName(string sha256) => $"{_time}-{WithoutPrefix(Id)}-{sha256[..8]}.earlier";

    /// <summary>The folder of what is begun at that moment.</summary>
    public static string GetDayFolder(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <returns>The id of the picture whose file may be called so, or null where no picture's file is.</returns>
    /// <param name="name">Without a folder.</param>
    public static string? ParseId(string name) => FileNamePattern.Match(name) is { Success: true } match ? IdPrefix + match.Groups[1].Value : null;

    [GeneratedRegex(@"^[^/\\:]+-(" + IdGenerator.Pattern + @")\.[a-z0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex FileNamePattern { get; }

    [GeneratedRegex(@"^(?<day>\d{4}-\d\d-\d\d)/(?<stem>(?<time>\d{6})-[^/\\:]+)-" + IdGenerator.Pattern + @"\.[a-z0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex StoredPathPattern { get; }

    private static string WithoutPrefix(string id) => id[IdPrefix.Length..];
}
