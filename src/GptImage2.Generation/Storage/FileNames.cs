using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GptImage2.Generation.Storage;

/// <summary>The names of one picture's files, by the moment it was begun. All are without a folder.</summary>
internal sealed partial class FileNames
{
    private const string IdPrefix = "img_";

    private static readonly SearchValues<char> Legal =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    private readonly ImageDraft _draft;
    private readonly string _time;
    private readonly string _stem;

    public FileNames(ImageDraft draft, DateTimeOffset begun)
    {
        if (draft.JobId.AsSpan().ContainsAnyExcept(Legal))
        {
            throw new ArgumentException("A job's id consists of ASCII letters, digits, dashes and underscores.", nameof(draft));
        }

        _draft = draft;
        Day = DayOf(begun);
        _time = begun.UtcDateTime.ToString("HHmmss", CultureInfo.InvariantCulture);
        _stem = $"{_time}-{Slug.Of(draft.Title)}";
        if (Beside.Match(draft.From ?? "") is { Success: true } kept)
        {
            (Day, _stem, _time) = (kept.Groups["day"].Value, kept.Groups["stem"].Value, kept.Groups["time"].Value);
        }
    }

    /// <summary>The folder of the store that its file belongs in.</summary>
    public string Day { get; }

    public string Id => _draft.Id;

    /// <summary>Whether it can be made again, so that what lies under its name may go.</summary>
    public bool Finished => _draft.Finished;

    /// <summary>What only files of this picture match.</summary>
    public string Others => $"*-{Letters(Id)}.*";

    /// <summary>While it arrives: tells a later start whose it was.</summary>
    /// <param name="attempt">From 1; more where the name is taken, by a picture that a crash cut off.</param>
    public string Arriving(int attempt) => string.Create(
        CultureInfo.InvariantCulture,
        $".{_draft.JobId}-{_draft.Number}{(_draft.Finished ? "-finished" : "")}{(attempt > 1 ? $"-{attempt}" : "")}.part");

    public string Kept(string extension) => $"{_stem}-{Letters(Id)}.{extension}";

    /// <summary>For bytes that were paid for and are no picture, or not known to be one.</summary>
    public string SetAside(string extension) => $"{_time}-{Letters(Id)}.{extension}";

    /// <summary>For bytes that were paid for and stand where others of the same picture belong.</summary>
    public string Earlier(string sha256) => $"{_time}-{Letters(Id)}-{sha256[..8]}.earlier";

    /// <summary>The folder of what is begun at that moment.</summary>
    public static string DayOf(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <returns>The id of the picture whose file may be called so, or null where no picture's file is.</returns>
    /// <param name="name">Without a folder.</param>
    public static string? IdOf(string name) => Named.Match(name) is { Success: true } match ? IdPrefix + match.Groups[1].Value : null;

    [GeneratedRegex(@"^[^/\\:]+-(" + Storage.Id.Pattern + @")\.[a-z0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"^(?<day>\d{4}-\d\d-\d\d)/(?<stem>(?<time>\d{6})-[^/\\:]+)-" + Storage.Id.Pattern + @"\.[a-z0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Beside { get; }

    private static string Letters(string id) => id[IdPrefix.Length..];
}
