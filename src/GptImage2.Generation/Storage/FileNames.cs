using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GptImage2.Generation.Storage;

/// <summary>The names of one picture's files, by the moment it was begun. All are relative to the root, with forward slashes.</summary>
internal sealed partial class FileNames
{
    private const string IdPrefix = "img_";

    private static readonly SearchValues<char> Legal =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    private readonly string _folder;
    private readonly string _time;
    private readonly ImageDraft _draft;

    public FileNames(ImageDraft draft, DateTimeOffset begun)
    {
        if (draft.JobId.AsSpan().ContainsAnyExcept(Legal))
        {
            throw new ArgumentException("A job's id consists of ASCII letters, digits, dashes and underscores.", nameof(draft));
        }

        this._draft = draft;
        _folder = begun.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        _time = begun.UtcDateTime.ToString("HHmmss", CultureInfo.InvariantCulture);
    }

    /// <summary>While it arrives: tells a later start whose it was.</summary>
    /// <param name="attempt">From 1; more where the name is taken, by a picture that a crash cut off.</param>
    public string Arriving(int attempt) => string.Create(
        CultureInfo.InvariantCulture, $"{_folder}/.{_draft.JobId}-{_draft.Number}{(attempt > 1 ? $"-{attempt}" : "")}.part");

    public string Kept(string id, string extension) => $"{_folder}/{_time}-{Slug.Of(_draft.Title)}-{Letters(id)}.{extension}";

    /// <summary>For bytes that were paid for and are no picture, or not known to be one.</summary>
    public string SetAside(string id, string extension) => $"{_folder}/{_time}-{Letters(id)}.{extension}";

    /// <returns>The id of the picture whose file may be called so, or null where no picture's file is.</returns>
    /// <param name="name">Without a folder.</param>
    public static string? IdOf(string name) => Named.Match(name) is { Success: true } match ? IdPrefix + match.Groups[1].Value : null;

    [GeneratedRegex(@"^[^/\\:]+-(" + Id.Pattern + @")\.[a-z0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Named { get; }

    private static string Letters(string id) => id.StartsWith(IdPrefix, StringComparison.Ordinal) ? id[IdPrefix.Length..] : id;
}
