using GptImage2.Generation.Uploads;
using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>
/// The catalog as a SQLite file that several processes may share. It is created at the first call, from the records next to the
/// images; its errors are <see cref="ImageException"/>s that say what to do.
/// </summary>
public sealed partial class SqliteImageCatalog(StorageOptions options, ILogger<SqliteImageCatalog> logger, TimeProvider? clock = null) : IImageCatalog, IAsyncDisposable
{
    private const string Insert = """
        INSERT INTO images (id, owner, job_id, number, created, delivered, record, name)
        VALUES ($id, $owner, $job_id, $number, $created, $delivered, $record, $name)
        ON CONFLICT (id) DO UPDATE SET delivered = 1, record = excluded.record, name = excluded.name WHERE excluded.delivered > delivered
        RETURNING seq
        """;

    private const string InsertWords = "INSERT INTO words (rowid, owner, prompt) VALUES ($seq, $owner, $prompt)";

    internal const string SelectById = "SELECT seq, record FROM images WHERE id = $id AND owner = $owner";

    /// <summary>An upload that has waited for too long is not there, whether it has been removed by now or not.</summary>
    private const string SelectAvailable = $"{SelectById} AND (job_id <> '{SqliteUploadCatalog.Waiting}' OR created > $since)";

    private const string SelectEdits = "SELECT seq, record FROM images WHERE delivered = 1 AND record ->> '$.inputs' IS NOT NULL ORDER BY seq";

    private const string DeleteWords = "DELETE FROM words WHERE rowid = $seq";

    private readonly PendingCatalogWrites _unwritten = new();
    private readonly CatalogDatabase _database = new(options.CatalogFolder, connection => Rebuild(connection, options, logger), Reindex, logger);

    /// <summary>The file, for its other tables.</summary>
    internal CatalogDatabase Database => _database;

    /// <summary>
    /// An image that cannot be written is found all the same until this process ends, and is written with the next one that can
    /// be. After a power failure recovery finds it by its file, as long as the end of its job is not recorded.
    /// </summary>
    public async Task AddAsync(ImageRecord record, CancellationToken cancellationToken)
    {
        try
        {
            _unwritten.Remove(await _database.WriteAsync(connection => Add(connection, _unwritten.All(), record), cancellationToken, durable: false));
        }
        catch (ImageException)
        {
            _unwritten.Add(record);
            throw;
        }
    }

    public async Task<ImageRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        _unwritten.Find(owner, id) ?? await _database.ReadAsync(
            connection => connection.Query(
                SelectAvailable,
                ToRecord,
                ("$id", id),
                ("$owner", owner),
                ("$since", ((clock ?? TimeProvider.System).GetUtcNow() - UploadLimits.Lifetime).ToUnixTimeMilliseconds())) is [var (_, found)] ? found : null,
            cancellationToken);

    public async Task<ImagePage> ListAsync(string owner, ImageQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        var unwritten = _unwritten.List(owner);
        try
        {
            return await _database.ReadAsync(connection => new ImageListQuery(connection, owner, query, unwritten).Run(), cancellationToken);
        }
        catch (ImageException failure) when (new ImageListQuery(null, owner, query, unwritten).Run() is { Images: not [] } known)
        {
            LogUnread(failure);
            return known;
        }
    }

    public async Task<IReadOnlyList<ImageSuggestion>> SuggestAsync(string owner, string typed, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ImageSuggestion[] unwritten = [.. _unwritten.Suggest(owner, typed)];
        var written = await ReadOrEmptyAsync(unwritten.Length, connection => ImageSuggestionQuery.Find(connection, owner, typed, limit), cancellationToken);
        return [.. unwritten.Concat(written).DistinctBy(image => image.Id).Take(limit)];
    }

    /// <summary>Gives back the memory that readers keep between calls.</summary>
    public void CloseIdleReaders() => _database.CloseIdleReaders();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Images that are known without the file are found even where it cannot be read.</summary>
    private async Task<IReadOnlyList<T>> ReadOrEmptyAsync<T>(int known, Func<SqliteConnection, IReadOnlyList<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await _database.ReadAsync(read, cancellationToken);
        }
        catch (ImageException failure) when (known > 0)
        {
            LogUnread(failure);
            return [];
        }
    }

    /// <returns>The images that had to wait until now.</returns>
    private static IReadOnlyList<ImageRecord> Add(SqliteConnection connection, IReadOnlyList<ImageRecord> waiting, ImageRecord record)
    {
        foreach (var image in waiting.Append(record))
        {
            Add(connection, image);
        }

        return waiting;
    }

    private static void Rebuild(SqliteConnection connection, StorageOptions options, ILogger logger)
    {
        foreach (var record in new ImageRecordReader(options, logger).ReadAll())
        {
            Add(connection, record);
        }
    }

    private static void Add(SqliteConnection connection, ImageRecord record)
    {
        var seq = connection.QueryScalar(
            Insert,
            ("$id", record.Id),
            ("$owner", record.Owner),
            ("$job_id", record.JobId),
            ("$number", record.Number),
            ("$created", record.Created.ToUnixTimeMilliseconds()),
            ("$delivered", record.Delivered),
            ("$record", JsonSerializer.Serialize(record, ImageRecordJsonContext.Compact.ImageRecord)),
            ("$name", Path.GetFileName(record.File.Path).ToLowerInvariant()));
        if (seq is not null && record.Delivered)
        {
            AddWords(connection, (long)seq, record);
        }
    }

    /// <summary>Edits are found by the words of what they were made from, too.</summary>
    private static void AddWords(SqliteConnection connection, long seq, ImageRecord record)
    {
        var text = ImageSearchText.Create(record, id => connection.Query(SelectById, ToRecord, ("$id", id), ("$owner", record.Owner)) is [var (_, found)] ? found : null);
        connection.Execute(InsertWords, ("$seq", seq), ("$owner", FullTextQuery.OwnerToken(record.Owner)), ("$prompt", text));
    }

    /// <summary>Brings the words of an older file up to date.</summary>
    private static void Reindex(SqliteConnection connection)
    {
        foreach (var (seq, record) in connection.Query(SelectEdits, ToRecord))
        {
            connection.Execute(DeleteWords, ("$seq", seq));
            AddWords(connection, seq, record);
        }
    }

    private static (long Seq, ImageRecord Record) ToRecord(SqliteDataReader row) =>
        (row.GetInt64(0), JsonSerializer.Deserialize(row.GetString(1), ImageRecordJsonContext.Compact.ImageRecord)!);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catalog cannot be read, so only images it did not take are found")]
    private partial void LogUnread(Exception exception);
}
