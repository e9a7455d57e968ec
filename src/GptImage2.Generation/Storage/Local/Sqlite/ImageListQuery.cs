using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>Lists and searches images: those of the catalog's file, and those it has not taken yet.</summary>
/// <param name="connection">Null where the file cannot be read.</param>
/// <param name="pending">The owner's images that are not in the file, each with its position.</param>
internal sealed class ImageListQuery(SqliteConnection? connection, string owner, ImageQuery query, IReadOnlyList<(long Position, ImageRecord Record)> pending)
{
    /// <summary>Places of images that have only some words carry how many, above every other place: so a position leads back to the same list.</summary>
    private const int WordsShift = 54;

    private const string SelectPlace = "SELECT seq FROM images WHERE id = $id AND owner = $owner";

    /// <summary>How many images of one word are looked at where some words are enough: the newest.</summary>
    private const int MaxLooseHits = 4000;

    private const string Newest = "SELECT seq FROM images WHERE owner = $owner AND delivered = 1";

    private const string WithAllWords = "SELECT rowid AS seq FROM words WHERE words MATCH $words";

    /// <summary>More parts of ids at once are no search for an id.</summary>
    private const int MaxIdParts = 8;

    /// <summary>Every id is looked at, in the index alone: a condition for each part costs a tenth of a list of them.</summary>
    private const string ByIdPart = "SELECT seq FROM images INDEXED BY images_by_id WHERE owner = $owner AND delivered = 1 AND ";

    private readonly ImageSearchWords _words = new(query.Words);
    private readonly long _before = query.Before is { } position ? FindPlace(connection, owner, position, pending) : long.MaxValue;

    /// <summary>The first of these that finds something: ids, all words, parts of ids, some words.</summary>
    public ImagePage Run()
    {
        if (_words.All is [])
        {
            return List(Newest, [], _ => true);
        }

        if (query.Before is { Words: > 0 })
        {
            return ListSome();
        }

        var page = ListByIdPart(_words.Ids);
        page = page.Images is [] ? List(WithAllWords, [("$words", FullTextQuery.BuildExpression(owner, _words.All))], record => CountWords(record, _words.All) == _words.All.Count) : page;
        page = page.Images is [] ? ListByIdPart(_words.IdPartsWithDigits) : page;
        page = page.Images is [] && query.Before is null ? ListSome() : page;
        return page.Images is [] ? ListByIdPart(_words.IdParts) : page;
    }

    private ImagePage ListByIdPart(IReadOnlyList<string> parts) => parts is [] ? new ImagePage([], null) : List(
        $"{ByIdPart}({string.Join(" OR ", parts.Take(MaxIdParts).Select((_, index) => $"instr(id, $part{index}) > 0"))})",
        [.. parts.Take(MaxIdParts).Select((part, index) => ($"$part{index}", (object?)part))],
        record => parts.Any(part => record.Id.Contains(part, StringComparison.Ordinal)));

    private ImagePage List(string hits, (string, object?)[] values, Func<ImageRecord, bool> matches)
    {
        (string, object?)[] all = [.. values, ("$owner", owner), ("$before", _before), ("$limit", query.Limit + 1L)];

        // CROSS JOIN keeps SQLite from beginning with the images: the hits are already in order, newest first.
        var rows = connection?.Query(
            $"SELECT hits.seq, record FROM ({hits}) AS hits CROSS JOIN images ON images.seq = hits.seq WHERE hits.seq < $before AND images.owner = $owner ORDER BY hits.seq DESC LIMIT $limit",
            row => new Hit(row.GetInt64(0), 0, ToRecord(row.GetString(1))),
            all) ?? [];
        Hit[] waiting = [.. pending.Where(entry => matches(entry.Record)).Select(entry => new Hit(entry.Position, 0, entry.Record))];
        return CreatePage(rows, waiting, () => connection?.QueryScalar($"SELECT count(*) FROM ({hits} LIMIT {ImagePage.MaxTotal})", all));
    }

    private ImagePage ListSome()
    {
        var hits = string.Join(" UNION ALL ", _words.Loose.Select((_, index) => $"SELECT * FROM (SELECT rowid AS seq FROM words WHERE words MATCH $word{index} ORDER BY rowid DESC LIMIT {MaxLooseHits})"));
        (string, object?)[] words = [.. _words.Loose.Select((word, index) => ($"$word{index}", (object?)FullTextQuery.BuildExpression(owner, word)))];
        (string, object?)[] all = [.. words, ("$owner", owner), ("$before", _before), ("$limit", query.Limit + 1L)];
        var rows = connection?.Query(
            $"""
            SELECT hits.seq, hits.n, record
            FROM (SELECT seq, count(*) AS n FROM ({hits}) GROUP BY seq HAVING (n << {WordsShift}) + seq < $before ORDER BY n DESC, seq DESC LIMIT $limit) AS hits
            CROSS JOIN images ON images.seq = hits.seq
            WHERE images.owner = $owner ORDER BY hits.n DESC, hits.seq DESC
            """,
            row => new Hit(row.GetInt64(0), row.GetInt32(1), ToRecord(row.GetString(2))),
            all) ?? [];
        Hit[] waiting = [.. pending.Select(entry => new Hit(entry.Position, CountWords(entry.Record, _words.Loose), entry.Record)).Where(hit => hit.Words > 0)];
        return CreatePage(rows, waiting, () => connection?.QueryScalar($"SELECT count(DISTINCT seq) FROM ({hits})", all)) with { IsPartialMatch = true };
    }

    private ImagePage CreatePage(List<Hit> rows, Hit[] waiting, Func<object?> count)
    {
        // An image that is waiting to be written may replace one that is there.
        Hit[] all =
        [
            .. waiting.Where(hit => hit.Place < _before)
                .Concat(rows.Where(row => waiting.All(hit => hit.Record.Id != row.Record.Id)))
                .OrderByDescending(hit => hit.Place)
                .Take(query.Limit + 1),
        ];
        return new ImagePage([.. all.Take(query.Limit).Select(hit => hit.Record)], all.Length > query.Limit ? all[query.Limit - 1].Position : null)
        {
            Total = all is [] ? 0 : count() is long total ? (int)Math.Min(ImagePage.MaxTotal, total + waiting.Length) : null,
        };
    }

    private static long FindPlace(SqliteConnection? connection, string owner, ImagePosition position, IReadOnlyList<(long Position, ImageRecord Record)> pending)
    {
        if (position.Id is not { } id)
        {
            return (1L << WordsShift) - 1;
        }

        long? waiting = pending.Where(entry => entry.Record.Id == id).Select(entry => (long?)entry.Position).FirstOrDefault();
        var place = waiting ?? connection?.QueryScalar(SelectPlace, ("$id", id), ("$owner", owner)) as long?;
        return place is { } found ? ((long)position.Words << WordsShift) + found : 0;
    }

    private int CountWords(ImageRecord record, IReadOnlyList<string> words) => ImageSearchWords.CountIn(ImageSearchText.Create(record, Find), words);

    private ImageRecord? Find(string id) => pending.Select(entry => entry.Record).FirstOrDefault(record => record.Id == id)
        ?? connection?.Query(SqliteImageCatalog.SelectById, row => ToRecord(row.GetString(1)), ("$id", id), ("$owner", owner)).FirstOrDefault();

    private static ImageRecord ToRecord(string json) => JsonSerializer.Deserialize(json, ImageRecordJsonContext.Compact.ImageRecord)!;

    /// <param name="Words">How many of the words it has, where that counts; else 0.</param>
    private sealed record Hit(long Seq, int Words, ImageRecord Record)
    {
        public long Place => ((long)Words << WordsShift) + Seq;

        public ImagePosition Position => new(Record.Id, Words);
    }
}
