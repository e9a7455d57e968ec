using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>Finds the images that somebody may mean who has typed a part of an id or of a file's name. Reads indexes only, so that it costs the same however much the store holds.</summary>
internal static class ImageSuggestionQuery
{
    private const string IdPrefix = "img_";
    private const string Scheme = "image://";

    /// <summary>Of so many of the newest images the names are looked through.</summary>
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
        using var command = connection.CreateCommand();
        command.CommandText = SelectSql(text, id);
        command.Parameters.AddWithValue("$owner", owner);
        command.Parameters.AddWithValue("$limit", limit);
        command.Parameters.AddWithValue("$names", MaxNames);
        command.Parameters.AddWithValue("$typed", command.CommandText == ById ? id : text);

        // Comes after every letter and digit that an id can have.
        command.Parameters.AddWithValue("$after", id + "{");
        return ReadRows(command);
    }

    /// <returns>What there is of an id in the text, in lower case, or the text where there is none.</returns>
    public static string ExtractId(string text) =>
        ImageFileNaming.ParseId(text) ?? (text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text);

    /// <summary>Whether every image is still meant.</summary>
    public static bool MatchesEverything(string text, string id) =>
        IdPrefix.StartsWith(id, StringComparison.Ordinal) || Scheme.StartsWith(text, StringComparison.Ordinal);

    /// <summary>What all ids begin with tells none apart; and no file's name has img_ and a letter in it, so that one question is always enough.</summary>
    private static string SelectSql(string text, string id) =>
        MatchesEverything(text, id) ? Newest
        : id.StartsWith(IdPrefix, StringComparison.Ordinal) ? ById
        : ByName;

    private static List<ImageSuggestion> ReadRows(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<ImageSuggestion>();
        while (reader.Read())
        {
            var (id, name) = (reader.GetString(0), reader.GetString(1));
            rows.Add(new ImageSuggestion(id, ImageFileNaming.ParseId(name) == id ? name : null));
        }

        return rows;
    }
}
