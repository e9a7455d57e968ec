using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage;

/// <summary>
/// The catalog as a SQLite file that several processes may share. It is made at the first call, from the records that lie
/// beside the pictures; what goes wrong with it is an <see cref="Failures.ImageException"/> that says what to do.
/// </summary>
public sealed class SqliteCatalog(StorageOptions options, ILogger<SqliteCatalog> logger) : ICatalog, IAsyncDisposable
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

    private const string One = "SELECT seq, record FROM images WHERE id = $id AND owner = $owner";

    private const string All = """
        SELECT seq, record FROM images
        WHERE owner = $owner AND delivered = 1 AND seq < $before
        ORDER BY seq DESC LIMIT $limit
        """;

    /// <summary>CROSS JOIN keeps SQLite from beginning with the images: the words are already in order, newest first.</summary>
    private const string Matching = """
        SELECT seq, record FROM words CROSS JOIN images ON seq = words.rowid
        WHERE words MATCH $words AND words.rowid < $before AND images.owner = $owner
        ORDER BY words.rowid DESC LIMIT $limit
        """;

    private readonly CatalogDatabase _database = new(options.CatalogFolder, (connection, transaction) => Rebuild(connection, transaction, options, logger), logger);

    /// <summary>The file, for what else lies in it.</summary>
    internal CatalogDatabase Database => _database;

    public Task AddAsync(ImageRecord record, CancellationToken cancellationToken) =>
        _database.WriteAsync((connection, transaction) => Add(connection, transaction, record), cancellationToken);

    public Task<ImageRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken) => _database.ReadAsync(
        connection =>
        {
            using var command = Command(connection, null, One, ("$id", id), ("$owner", owner));
            return Rows(command) is [var (_, found)] ? found : null;
        },
        cancellationToken);

    public Task<ImagePage> ListAsync(string owner, ImageQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        return _database.ReadAsync(connection => List(connection, owner, query), cancellationToken);
    }

    public Task<IReadOnlyList<ImageSuggestion>> SuggestAsync(string owner, string typed, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return _database.ReadAsync(connection => CatalogSuggestions.Find(connection, owner, typed, limit), cancellationToken);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static void Rebuild(SqliteConnection connection, SqliteTransaction transaction, StorageOptions options, ILogger logger)
    {
        foreach (var record in new RecordReader(options, logger).Read())
        {
            Add(connection, transaction, record);
        }
    }

    private static bool Add(SqliteConnection connection, SqliteTransaction transaction, ImageRecord record)
    {
        using var insert = Command(
            connection,
            transaction,
            Insert,
            ("$id", record.Id),
            ("$owner", record.Owner),
            ("$job_id", record.JobId),
            ("$number", record.Number),
            ("$created", record.Created.ToUnixTimeMilliseconds()),
            ("$delivered", record.Delivered),
            ("$record", JsonSerializer.Serialize(record, StorageJson.Compact.ImageRecord)),
            ("$name", Path.GetFileName(record.File.Path).ToLowerInvariant()));
        var seq = insert.ExecuteScalar();
        if (seq is not null && record.Delivered)
        {
            using var words = Command(
                connection, transaction, InsertWords, ("$seq", seq), ("$owner", CatalogWords.Owner(record.Owner)), ("$prompt", record.Prompt));
            words.ExecuteNonQuery();
        }

        return seq is not null;
    }

    private static ImagePage List(SqliteConnection connection, string owner, ImageQuery query)
    {
        var words = CatalogWords.Expression(owner, query.Words);
        using var command = Command(
            connection,
            null,
            words is null ? All : Matching,
            ("$owner", owner),
            ("$before", query.Before ?? long.MaxValue),
            ("$limit", query.Limit + 1L));
        if (words is not null)
        {
            command.Parameters.AddWithValue("$words", words);
        }

        // One row more than asked tells whether there is another page.
        var rows = Rows(command);
        return new ImagePage(
            [.. rows.Take(query.Limit).Select(row => row.Record)],
            rows.Count > query.Limit ? rows[query.Limit - 1].Seq : null);
    }

    private static List<(long Seq, ImageRecord Record)> Rows(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<(long, ImageRecord)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), JsonSerializer.Deserialize(reader.GetString(1), StorageJson.Compact.ImageRecord)!));
        }

        return rows;
    }

    private static SqliteCommand Command(
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
}
