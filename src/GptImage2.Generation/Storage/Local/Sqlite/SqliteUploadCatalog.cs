using GptImage2.Generation.Uploads;
using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>Uploads among the images of the catalog. While one waits, a mark stands in the place of its job, which an index finds.</summary>
public sealed class SqliteUploadCatalog(SqliteImageCatalog catalog) : IUploadCatalog
{
    internal const string Waiting = "upload_waiting";

    private const string Count = """
        SELECT count(*), coalesce(sum(record ->> '$.file.bytes'), 0) FROM images WHERE job_id = $waiting AND owner = $owner AND created > $since
        """;

    private const string Insert = """
        INSERT INTO images (id, owner, job_id, number, created, delivered, record, name) VALUES ($id, $owner, $waiting, 1, $created, 0, $record, $name)
        """;

    private const string Keep = "UPDATE images SET job_id = $kept WHERE id = $id AND owner = $owner AND job_id = $waiting AND created > $since";

    private const string SelectKept = "SELECT 1 FROM images WHERE id = $id AND owner = $owner AND job_id = $kept";

    private const string Remove = "DELETE FROM images WHERE job_id = $waiting AND created <= $since RETURNING record";

    public Task<WaitingUploads> CountWaitingAsync(string owner, DateTimeOffset since, CancellationToken cancellationToken) =>
        catalog.Database.ReadAsync(connection => CountWaiting(connection, owner, since), cancellationToken);

    public Task<bool> TryAddAsync(ImageRecord upload, UploadLimits limits, DateTimeOffset since, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        connection =>
        {
            var waiting = CountWaiting(connection, upload.Owner, since);
            return waiting.Count < limits.MaxWaiting
                && waiting.Bytes + upload.File.Bytes <= limits.MaxWaitingBytes
                && connection.Execute(
                    Insert,
                    ("$id", upload.Id),
                    ("$owner", upload.Owner),
                    ("$waiting", Waiting),
                    ("$created", upload.Created.ToUnixTimeMilliseconds()),
                    ("$record", JsonSerializer.Serialize(upload, ImageRecordJsonContext.Compact.ImageRecord)),
                    ("$name", Path.GetFileName(upload.File.Path))) > 0;
        },
        cancellationToken,
        durable: false);

    public Task<bool> KeepAsync(string owner, string id, DateTimeOffset since, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        connection =>
        {
            (string, object?)[] which = [("$id", id), ("$owner", owner), ("$kept", UploadStore.Tool)];
            return connection.Execute(Keep, [.. which, ("$waiting", Waiting), ("$since", since.ToUnixTimeMilliseconds())]) > 0
                || connection.QueryScalar(SelectKept, which) is not null;
        },
        cancellationToken,
        durable: false);

    public Task<IReadOnlyList<ImageRecord>> RemoveWaitingAsync(DateTimeOffset since, CancellationToken cancellationToken) => catalog.Database.WriteAsync<IReadOnlyList<ImageRecord>>(
        connection => connection.Query(
            Remove,
            row => JsonSerializer.Deserialize(row.GetString(0), ImageRecordJsonContext.Compact.ImageRecord)!,
            ("$waiting", Waiting),
            ("$since", since.ToUnixTimeMilliseconds())),
        cancellationToken,
        durable: false);

    private static WaitingUploads CountWaiting(SqliteConnection connection, string owner, DateTimeOffset since) => connection.Query(
        Count,
        row => new WaitingUploads(row.GetInt32(0), row.GetInt64(1)),
        ("$waiting", Waiting),
        ("$owner", owner),
        ("$since", since.ToUnixTimeMilliseconds()))[0];
}
