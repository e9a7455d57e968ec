using System.Globalization;
using GptImage2.Generation.Jobs.Persistence;
using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>Jobs and the ledger in the catalog's file.</summary>
public sealed class SqliteJobStore(SqliteImageCatalog catalog) : IJobStore
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
    private const string CloseDuplicates = """
        UPDATE jobs SET open = 0 WHERE fingerprint = $fingerprint AND open = 1 AND ($fresh OR (ended IS NOT NULL AND (collected = 1 OR ended < $since)))
        """;

    /// <summary>A job that a fresh one took the place of stays closed.</summary>
    private const string CompleteJob = """
        UPDATE jobs SET ended = $ended, state = $state, open = open AND $open AND collected = 0, took = $took WHERE id = $id AND ended IS NULL
        """;

    private const string SettleLedger = "UPDATE ledger SET actual = $actual, certainty = $certainty WHERE job_id = $id";

    public Task<JobStartResult> TryStartAsync(JobRecord job, JobStartConditions rules, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        (connection, transaction) =>
        {
            Execute(connection, transaction, CloseDuplicates, ("$fingerprint", job.DeduplicationKey), ("$fresh", rules.Fresh), ("$since", ToMilliseconds(rules.JoinableSince)));
            if (ReadJobs(connection, transaction, $"SELECT {Columns} FROM jobs WHERE fingerprint = $fingerprint AND open = 1", ("$fingerprint", job.DeduplicationKey)) is [var twin])
            {
                return new JobStartResult.Joined(twin);
            }

            if (job.Cost is { } cost)
            {
                var spent = ReadSpent(connection, transaction, cost.Day);
                if (rules.DailyCap is { } cap && spent + (cost.Reserved ?? 0) > cap)
                {
                    return new JobStartResult.Refused(spent);
                }

                Execute(connection, transaction, Reserve, ("$id", job.Id), ("$owner", job.Owner), ("$day", FormatDay(cost.Day)), ("$tool", cost.Tool), ("$model", cost.Model), ("$reserved", cost.Reserved));
            }

            Execute(connection, transaction, Insert, ("$id", job.Id), ("$owner", job.Owner), ("$fingerprint", job.DeduplicationKey), ("$process", job.InstanceId), ("$started", ToMilliseconds(job.Started)), ("$kind", job.Kind), ("$state", job.State), ("$plan", job.Plan));
            return (JobStartResult)new JobStartResult.Started();
        },
        cancellationToken);

    public Task<JobRecord?> FindJobAsync(string owner, string id, CancellationToken cancellationToken) => catalog.Database.ReadAsync(
        connection => ReadJobs(connection, null, $"SELECT {Columns} FROM jobs WHERE id = $id AND owner = $owner", ("$id", id), ("$owner", owner)).FirstOrDefault(),
        cancellationToken);

    public Task<IReadOnlyList<JobRecord>> ListJobsAsync(string owner, int limit, CancellationToken cancellationToken) => catalog.Database.ReadAsync<IReadOnlyList<JobRecord>>(
        connection => ReadJobs(connection, null, $"SELECT {Columns} FROM jobs WHERE owner = $owner ORDER BY seq DESC LIMIT $limit", ("$owner", owner), ("$limit", limit)),
        cancellationToken);

    public Task<IReadOnlyList<JobRecord>> ListUnfinishedAsync(CancellationToken cancellationToken) => catalog.Database.ReadAsync<IReadOnlyList<JobRecord>>(
        connection => ReadJobs(connection, null, $"SELECT {Columns} FROM jobs WHERE ended IS NULL ORDER BY seq"),
        cancellationToken);

    public Task SaveAsync(JobProgress progress, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        (connection, transaction) => Execute(
            connection,
            transaction,
            "UPDATE jobs SET sent = max(sent, $sent), state = $state, plan = coalesce($plan, plan) WHERE id = $id AND ended IS NULL",
            ("$id", progress.Id),
            ("$sent", progress.Sent),
            ("$state", progress.State),
            ("$plan", progress.Plan)),
        cancellationToken);

    public Task CompleteAsync(JobCompletion end, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        (connection, transaction) =>
        {
            Execute(connection, transaction, SettleLedger, ("$id", end.Id), ("$actual", end.ActualMicroUsd), ("$certainty", (int)end.Certainty));
            return Execute(connection, transaction, CompleteJob, ("$id", end.Id), ("$ended", ToMilliseconds(end.Ended)), ("$state", end.State), ("$open", end.Joinable), ("$took", end.Duration is { } took ? (long)took.TotalMilliseconds : null));
        },
        cancellationToken);

    public Task MarkCollectedAsync(string id, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        (connection, transaction) => Execute(connection, transaction, "UPDATE jobs SET collected = 1, open = 0 WHERE id = $id AND ended IS NOT NULL", ("$id", id)),
        cancellationToken);

    public Task<bool> ClaimAsync(string id, string from, string to, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        (connection, transaction) => Execute(connection, transaction, "UPDATE jobs SET process = $to WHERE id = $id AND process = $from AND ended IS NULL", ("$id", id), ("$from", from), ("$to", to)) > 0,
        cancellationToken);

    public Task<IReadOnlyList<TimeSpan>> ListDurationsAsync(string kind, int limit, CancellationToken cancellationToken) => catalog.Database.ReadAsync<IReadOnlyList<TimeSpan>>(
        connection => Query(
            connection,
            null,
            "SELECT took FROM jobs WHERE kind = $kind AND took IS NOT NULL ORDER BY seq DESC LIMIT $limit",
            reader => TimeSpan.FromMilliseconds(reader.GetInt64(0)),
            ("$kind", kind),
            ("$limit", limit)),
        cancellationToken);

    public Task<IReadOnlyList<LedgerEntry>> ListLedgerAsync(DateOnly from, CancellationToken cancellationToken) => catalog.Database.ReadAsync<IReadOnlyList<LedgerEntry>>(
        connection => Query(
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
            ("$from", FormatDay(from))),
        cancellationToken);

    private static long ReadSpent(SqliteConnection connection, SqliteTransaction transaction, DateOnly day) =>
        Query(connection, transaction, "SELECT coalesce(sum(coalesce(actual, reserved)), 0) FROM ledger WHERE day = $day", reader => reader.GetInt64(0), ("$day", FormatDay(day)))[0];

    private static List<JobRecord> ReadJobs(SqliteConnection connection, SqliteTransaction? transaction, string sql, params (string Name, object? Value)[] values) => Query(
        connection,
        transaction,
        sql,
        reader => new JobRecord
        {
            Id = reader.GetString(0),
            Owner = reader.GetString(1),
            DeduplicationKey = reader.GetString(2),
            InstanceId = reader.GetString(3),
            Started = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)),
            Ended = reader.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)),
            Sent = reader.GetBoolean(6),
            Collected = reader.GetBoolean(7),
            Kind = reader.GetString(8),
            State = reader.GetString(9),
            Plan = reader.GetString(10),
        },
        values);

    private static List<T> Query<T>(SqliteConnection connection, SqliteTransaction? transaction, string sql, Func<SqliteDataReader, T> row, params (string Name, object? Value)[] values)
    {
        using var command = CreateCommand(connection, transaction, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private static int Execute(SqliteConnection connection, SqliteTransaction transaction, string sql, params (string Name, object? Value)[] values)
    {
        using var command = CreateCommand(connection, transaction, sql, values);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand CreateCommand(SqliteConnection connection, SqliteTransaction? transaction, string sql, (string Name, object? Value)[] values)
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

    private static long ToMilliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static string FormatDay(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
