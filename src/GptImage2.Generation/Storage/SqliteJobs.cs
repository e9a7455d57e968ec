using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage;

/// <summary>Jobs and the ledger in the catalog's file.</summary>
public sealed class SqliteJobs(SqliteCatalog catalog) : IJobCatalog
{
    private const string Columns = "jobs.id, jobs.owner, fingerprint, process, started, ended, sent, collected, kind, state, plan";

    private const string Insert = """
        INSERT INTO jobs (id, owner, fingerprint, process, started, sent, collected, open, kind, state, plan)
        VALUES ($id, $owner, $fingerprint, $process, $started, 0, 0, 1, $kind, $state, $plan)
        """;

    private const string Reserve = """
        INSERT INTO ledger (job_id, owner, day, tool, model, reserved, certainty) VALUES ($id, $owner, $day, $tool, $model, $reserved, 0)
        """;

    /// <summary>A job that ended too long ago, or that the caller does not want to join, is closed for good.</summary>
    private const string Close = """
        UPDATE jobs SET open = 0 WHERE fingerprint = $fingerprint AND open = 1 AND ($fresh OR (ended IS NOT NULL AND (collected = 1 OR ended < $since)))
        """;

    /// <summary>A job that a fresh one took the place of stays closed.</summary>
    private const string End = """
        UPDATE jobs SET ended = $ended, state = $state, open = open AND $open AND collected = 0, took = $took WHERE id = $id AND ended IS NULL
        """;

    private const string Settle = "UPDATE ledger SET actual = $actual, certainty = $certainty WHERE job_id = $id";

    public Task<JobStart> TryStartAsync(JobRow job, StartRules rules, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        (connection, transaction) =>
        {
            Run(connection, transaction, Close, ("$fingerprint", job.Fingerprint), ("$fresh", rules.Fresh), ("$since", Time(rules.Since)));
            if (Jobs(connection, transaction, $"SELECT {Columns} FROM jobs WHERE fingerprint = $fingerprint AND open = 1", ("$fingerprint", job.Fingerprint)) is [var twin])
            {
                return new JobStart.Joined(twin);
            }

            if (job.Cost is { } cost)
            {
                var spent = Spent(connection, transaction, cost.Day);
                if (rules.DailyCap is { } cap && spent + (cost.Reserved ?? 0) > cap)
                {
                    return new JobStart.Refused(spent);
                }

                Run(connection, transaction, Reserve, ("$id", job.Id), ("$owner", job.Owner), ("$day", Day(cost.Day)), ("$tool", cost.Tool), ("$model", cost.Model), ("$reserved", cost.Reserved));
            }

            Run(connection, transaction, Insert, ("$id", job.Id), ("$owner", job.Owner), ("$fingerprint", job.Fingerprint), ("$process", job.Process), ("$started", Time(job.Started)), ("$kind", job.Kind), ("$state", job.State), ("$plan", job.Plan));
            return (JobStart)new JobStart.Started();
        },
        cancellationToken);

    public Task<JobRow?> FindJobAsync(string owner, string id, CancellationToken cancellationToken) => catalog.Database.ReadAsync(
        connection => Jobs(connection, null, $"SELECT {Columns} FROM jobs WHERE id = $id AND owner = $owner", ("$id", id), ("$owner", owner)).FirstOrDefault(),
        cancellationToken);

    public Task<IReadOnlyList<JobRow>> ListJobsAsync(string owner, int limit, CancellationToken cancellationToken) => catalog.Database.ReadAsync<IReadOnlyList<JobRow>>(
        connection => Jobs(connection, null, $"SELECT {Columns} FROM jobs WHERE owner = $owner ORDER BY seq DESC LIMIT $limit", ("$owner", owner), ("$limit", limit)),
        cancellationToken);

    public Task<IReadOnlyList<JobRow>> UnfinishedAsync(CancellationToken cancellationToken) => catalog.Database.ReadAsync<IReadOnlyList<JobRow>>(
        connection => Jobs(connection, null, $"SELECT {Columns} FROM jobs WHERE ended IS NULL ORDER BY seq"),
        cancellationToken);

    public Task SaveAsync(JobProgress progress, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        (connection, transaction) => Run(
            connection,
            transaction,
            "UPDATE jobs SET sent = max(sent, $sent), state = $state, plan = coalesce($plan, plan) WHERE id = $id AND ended IS NULL",
            ("$id", progress.Id),
            ("$sent", progress.Sent),
            ("$state", progress.State),
            ("$plan", progress.Plan)),
        cancellationToken);

    public Task EndAsync(JobEnd end, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        (connection, transaction) =>
        {
            Run(connection, transaction, Settle, ("$id", end.Id), ("$actual", end.Usd), ("$certainty", (int)end.Certainty));
            return Run(connection, transaction, End, ("$id", end.Id), ("$ended", Time(end.Ended)), ("$state", end.State), ("$open", end.Open), ("$took", end.Took is { } took ? (long)took.TotalMilliseconds : null));
        },
        cancellationToken);

    public Task CollectAsync(string id, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        (connection, transaction) => Run(connection, transaction, "UPDATE jobs SET collected = 1, open = 0 WHERE id = $id AND ended IS NOT NULL", ("$id", id)),
        cancellationToken);

    public Task<bool> ClaimAsync(string id, string from, string to, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        (connection, transaction) => Run(connection, transaction, "UPDATE jobs SET process = $to WHERE id = $id AND process = $from AND ended IS NULL", ("$id", id), ("$from", from), ("$to", to)) > 0,
        cancellationToken);

    public Task<IReadOnlyList<TimeSpan>> DurationsAsync(string kind, int limit, CancellationToken cancellationToken) => catalog.Database.ReadAsync<IReadOnlyList<TimeSpan>>(
        connection => Read(
            connection,
            null,
            "SELECT took FROM jobs WHERE kind = $kind AND took IS NOT NULL ORDER BY seq DESC LIMIT $limit",
            reader => TimeSpan.FromMilliseconds(reader.GetInt64(0)),
            ("$kind", kind),
            ("$limit", limit)),
        cancellationToken);

    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(DateOnly from, CancellationToken cancellationToken) => catalog.Database.ReadAsync<IReadOnlyList<LedgerEntry>>(
        connection => Read(
            connection,
            null,
            "SELECT day, tool, model, reserved, actual, certainty FROM ledger WHERE day >= $from ORDER BY day",
            reader => new LedgerEntry
            {
                Day = DateOnly.ParseExact(reader.GetString(0), "O", CultureInfo.InvariantCulture),
                Tool = reader.GetString(1),
                Model = reader.GetString(2),
                Reserved = reader.IsDBNull(3) ? null : reader.GetInt64(3),
                Actual = reader.IsDBNull(4) ? null : reader.GetInt64(4),
                Certainty = (CostCertainty)reader.GetInt32(5),
            },
            ("$from", Day(from))),
        cancellationToken);

    private static long Spent(SqliteConnection connection, SqliteTransaction transaction, DateOnly day) =>
        Read(connection, transaction, "SELECT coalesce(sum(coalesce(actual, reserved)), 0) FROM ledger WHERE day = $day", reader => reader.GetInt64(0), ("$day", Day(day)))[0];

    private static List<JobRow> Jobs(SqliteConnection connection, SqliteTransaction? transaction, string sql, params (string Name, object? Value)[] values) => Read(
        connection,
        transaction,
        sql,
        reader => new JobRow
        {
            Id = reader.GetString(0),
            Owner = reader.GetString(1),
            Fingerprint = reader.GetString(2),
            Process = reader.GetString(3),
            Started = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)),
            Ended = reader.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)),
            Sent = reader.GetBoolean(6),
            Collected = reader.GetBoolean(7),
            Kind = reader.GetString(8),
            State = reader.GetString(9),
            Plan = reader.GetString(10),
        },
        values);

    private static List<T> Read<T>(SqliteConnection connection, SqliteTransaction? transaction, string sql, Func<SqliteDataReader, T> row, params (string Name, object? Value)[] values)
    {
        using var command = Command(connection, transaction, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private static int Run(SqliteConnection connection, SqliteTransaction transaction, string sql, params (string Name, object? Value)[] values)
    {
        using var command = Command(connection, transaction, sql, values);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private static long Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
