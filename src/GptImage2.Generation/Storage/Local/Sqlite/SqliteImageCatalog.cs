using System.Text.Json;
using GptImage2.Generation.Errors;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>
/// The catalog as a SQLite file that several processes may share. It is made at the first call, from the records that lie
/// beside the pictures; what goes wrong with it is an <see cref="ImageException"/> that says what to do.
/// </summary>
public sealed partial class SqliteImageCatalog(StorageOptions options, ILogger<SqliteImageCatalog> logger) : IImageCatalog, IAsyncDisposable
{
    private const string Insert = """
        INSERT INTO images (id, owner, job_id, number, created, delivered, record, name)
        VALUES ($id, $owner, $job_id, $number, $created, $delivered, $record, $name)
        ON CONFLICT (id) DO UPDATE SET delivered = 1, record = excluded.record, name = excluded.name WHERE excluded.delivered > delivered
        RETURNING seq
        """;

    private const string InsertWords = """
        INSERT INTO words (rowid, owner, prompt) VALUES ($seq, $owner, $prompt)
        """;

    private const string SelectById = "SELECT seq, record FROM images WHERE id = $id AND owner = $owner";

    private const string SelectDelivered = """
        SELECT seq, record FROM images
        WHERE owner = $owner AND delivered = 1 AND seq < $before
        ORDER BY seq DESC LIMIT $limit
        """;

    /// <summary>CROSS JOIN keeps SQLite from beginning with the images: the words are already in order, newest first.</summary>
    private const string SelectMatching = """
        SELECT seq, record FROM words CROSS JOIN images ON seq = words.rowid
        WHERE words MATCH $words AND words.rowid < $before AND images.owner = $owner
        ORDER BY words.rowid DESC LIMIT $limit
        """;

    private readonly PendingCatalogWrites _unwritten = new();
    private readonly CatalogDatabase _database = new(options.CatalogFolder, (connection, transaction) => Rebuild(connection, transaction, options, logger), logger);

    /// <summary>The file, for what else lies in it.</summary>
    internal CatalogDatabase Database => _database;

    /// <summary>An image that cannot be written down is found all the same until this process ends, and is written with the next one that can.</summary>
    public async Task AddAsync(ImageRecord record, CancellationToken cancellationToken)
    {
        try
        {
            _unwritten.Remove(await _database.WriteAsync((connection, transaction) => Add(connection, transaction, _unwritten.All(), record), cancellationToken));
        }
        catch (ImageException)
        {
            _unwritten.Add(record);
            throw;
        }
    }

    public async Task<ImageRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        _unwritten.Find(owner, id) ?? await _database.ReadAsync(
            connection =>
            {
                using var command = CreateCommand(connection, null, SelectById, ("$id", id), ("$owner", owner));
                return ReadRows(command) is [var (_, found)] ? found : null;
            },
            cancellationToken);

    public async Task<ImagePage> ListAsync(string owner, ImageQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        var unwritten = _unwritten.List(owner, query);
        var written = await ReadOrEmptyAsync(unwritten.Count, connection => List(connection, owner, query), cancellationToken);
        (long Position, ImageRecord Record)[] rows = [.. unwritten, .. written.Where(row => unwritten.All(other => other.Record.Id != row.Record.Id))];

        return new ImagePage(
            [.. rows.Take(query.Limit).Select(row => row.Record)],
            rows.Length > query.Limit ? rows[query.Limit - 1].Position : null);
    }

    public async Task<IReadOnlyList<ImageSuggestion>> SuggestAsync(string owner, string typed, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ImageSuggestion[] unwritten = [.. _unwritten.Suggest(owner, typed)];
        var written = await ReadOrEmptyAsync(unwritten.Length, connection => ImageSuggestionQuery.Find(connection, owner, typed, limit), cancellationToken);
        return [.. unwritten.Concat(written).DistinctBy(image => image.Id).Take(limit)];
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>A file that cannot be read hides no image that is known without it.</summary>
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
    private static IReadOnlyList<ImageRecord> Add(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<ImageRecord> waiting, ImageRecord record)
    {
        foreach (var image in waiting.Append(record))
        {
            Add(connection, transaction, image);
        }

        return waiting;
    }

    private static void Rebuild(SqliteConnection connection, SqliteTransaction transaction, StorageOptions options, ILogger logger)
    {
        foreach (var record in new ImageRecordReader(options, logger).Read())
        {
            Add(connection, transaction, record);
        }
    }

    private static bool Add(SqliteConnection connection, SqliteTransaction transaction, ImageRecord record)
    {
        using var insert = CreateCommand(
            connection,
            transaction,
            Insert,
            ("$id", record.Id),
            ("$owner", record.Owner),
            ("$job_id", record.JobId),
            ("$number", record.Number),
            ("$created", record.Created.ToUnixTimeMilliseconds()),
            ("$delivered", record.Delivered),
            ("$record", JsonSerializer.Serialize(record, ImageRecordJsonContext.Compact.ImageRecord)),
            ("$name", Path.GetFileName(record.File.Path).ToLowerInvariant()));
        var seq = insert.ExecuteScalar();
        if (seq is not null && record.Delivered)
        {
            using var words = CreateCommand(
                connection, transaction, InsertWords, ("$seq", seq), ("$owner", FullTextQuery.OwnerToken(record.Owner)), ("$prompt", record.Prompt));
            words.ExecuteNonQuery();
        }

        return seq is not null;
    }

    /// <returns>One row more than asked where there is one: it tells whether there is another page.</returns>
    private static List<(long Seq, ImageRecord Record)> List(SqliteConnection connection, string owner, ImageQuery query)
    {
        var words = FullTextQuery.BuildExpression(owner, query.Words);
        using var command = CreateCommand(
            connection,
            null,
            words is null ? SelectDelivered : SelectMatching,
            ("$owner", owner),
            ("$before", query.Before ?? long.MaxValue),
            ("$limit", query.Limit + 1L));
        if (words is not null)
        {
            command.Parameters.AddWithValue("$words", words);
        }

        return ReadRows(command);
    }

    private static List<(long Seq, ImageRecord Record)> ReadRows(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<(long, ImageRecord)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), JsonSerializer.Deserialize(reader.GetString(1), ImageRecordJsonContext.Compact.ImageRecord)!));
        }

        return rows;
    }

    private static SqliteCommand CreateCommand(
        SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catalog cannot be read, so only images it did not take are found")]
    private partial void LogUnread(Exception exception);
}
