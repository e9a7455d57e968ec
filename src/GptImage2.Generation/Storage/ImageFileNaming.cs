namespace GptImage2.Generation.Storage;

/// <summary>The names of one image's files, by the moment it was begun. All are without a folder.</summary>
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
        _time = begun.UtcDateTime.ToString("HHmmss");
        _stem = $"{_time}-{Slug.Create(draft.Title)}";
        if (StoredPathPattern.Match(draft.DerivedFromPath ?? "") is { Success: true } original)
        {
            (DayFolder, _stem, _time) = (original.Groups["day"].Value, original.Groups["stem"].Value, original.Groups["time"].Value);
        }
    }

    public string DayFolder { get; }

    public string Id => _draft.Id;

    /// <summary>Whether it can be made again, so that an earlier file of its name may be replaced.</summary>
    public bool Finished => _draft.Finished;

    /// <summary>A pattern that only files of this image match.</summary>
    public string SiblingPattern => $"*-{WithoutPrefix(Id)}.*";

    /// <summary>While it arrives: lets recovery attribute it.</summary>
    /// <param name="attempt">From 1; more where a file that a crash left has the name.</param>
    public string TemporaryName(int attempt) =>
        $".{_draft.JobId}-{_draft.Number}{(_draft.Finished ? "-finished" : "")}{(attempt > 1 ? $"-{attempt}" : "")}.part";

    public string FinalName(string extension) => $"{_stem}-{WithoutPrefix(Id)}.{extension}";

    /// <summary>For bytes that were paid for and are not an image, or not known to be one.</summary>
    public string QuarantineName(string extension) => $"{_time}-{WithoutPrefix(Id)}.{extension}";

    /// <summary>For bytes that were paid for and that others of the same image replaced.</summary>
    public string SupersededName(string sha256) => $"{_time}-{WithoutPrefix(Id)}-{sha256[..8]}.earlier";

    public static string GetDayFolder(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd");

    /// <returns>The id in an image file's name, or null where it contains none.</returns>
    /// <param name="name">Without a folder.</param>
    public static string? ParseId(string name) => FileNamePattern.Match(name) is { Success: true } match ? IdPrefix + match.Groups[1].Value : null;

    [GeneratedRegex(@"^[^/\\:]+-(" + IdGenerator.Pattern + @")\.[a-z0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex FileNamePattern { get; }

    [GeneratedRegex(@"^(?<day>\d{4}-\d\d-\d\d)/(?<stem>(?<time>\d{6})-[^/\\:]+)-" + IdGenerator.Pattern + @"\.[a-z0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex StoredPathPattern { get; }

    private static string WithoutPrefix(string id) => id[IdPrefix.Length..];
}
