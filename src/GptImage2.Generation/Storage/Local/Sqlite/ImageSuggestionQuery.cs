using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>Finds images by part of an id or of a file's name. Reads indexes only, so that its cost does not depend on the size of the store.</summary>
internal static class ImageSuggestionQuery
{
    private const string IdPrefix = "img_";
    private const string Scheme = "image://";

    /// <summary>How many of the newest images are searched by name.</summary>
    private const int MaxNames = 10_000;

    private const string Newest = """
        SELECT id, name FROM images INDEXED BY images_newest
        WHERE owner = $owner AND delivered = 1
        ORDER BY seq DESC LIMIT $limit
        """;

    private const string ById = """
        SELECT id, name FROM images INDEXED BY images_by_id
        WHERE owner = $owner AND delivered = 1 AND id >= $typed AND id < $after
        ORDER BY seq DESC LIMIT $limit
        """;

    private const string ByName = """
        SELECT id, name FROM (
            SELECT seq, id, name FROM images INDEXED BY images_newest
            WHERE owner = $owner AND delivered = 1
            ORDER BY seq DESC LIMIT $names)
        WHERE instr(name, $typed) > 0
        ORDER BY seq DESC LIMIT $limit
        """;

    public static IReadOnlyList<ImageSuggestion> Find(SqliteConnection connection, string owner, string typed, int limit)
    {
        var text = typed.Trim().ToLowerInvariant();
        var id = ExtractId(text);
        var sql = SelectSql(text, id);

        // The brace comes after every letter and digit that an id can have.
        return connection.Query(
            sql, ToSuggestion, ("$owner", owner), ("$limit", limit), ("$names", MaxNames), ("$typed", sql == ById ? id : text), ("$after", id + "{"));
    }

    /// <returns>What there is of an id in the text, in lower case, or the text where there is none.</returns>
    public static string ExtractId(string text) =>
        ImageFileNaming.ParseId(text) ?? (text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text);

    /// <summary>Whether every image still matches.</summary>
    public static bool MatchesEverything(string text, string id) =>
        IdPrefix.StartsWith(id, StringComparison.Ordinal) || Scheme.StartsWith(text, StringComparison.Ordinal);

    /// <summary>The common prefix of all ids selects nothing; and no file's name contains img_ and a letter, so that one query is always enough.</summary>
    private static string SelectSql(string text, string id) =>
        MatchesEverything(text, id) ? Newest
        : id.StartsWith(IdPrefix, StringComparison.Ordinal) ? ById
        : ByName;

    private static ImageSuggestion ToSuggestion(SqliteDataReader row)
    {
        var (id, name) = (row.GetString(0), row.GetString(1));
        return new ImageSuggestion(id, ImageFileNaming.ParseId(name) == id ? name : null);
    }
}
