using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Spending;
using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>Jobs and the ledger in the catalog's file.</summary>
public sealed class SqliteJobStore(SqliteImageCatalog catalog) : IJobStore
{
    private const string SelectJobs = "SELECT id, owner, fingerprint, process, started, ended, sent, kind, state, plan FROM jobs";

    /// <summary>Credits come in fractions; whole millionths of them add up exactly.</summary>
    private const decimal MicroCreditsPerCredit = 1_000_000;

    /// <summary>The last job to end wrote last, whenever it began.</summary>
    private const string SelectStatesWithCopies = """
        SELECT state FROM (SELECT seq, ended, state FROM jobs WHERE owner = $owner ORDER BY seq DESC LIMIT $limit)
        WHERE EXISTS (SELECT 1 FROM json_each(state, '$.images') WHERE json_array_length(value, '$.copies') > 0)
        ORDER BY ended IS NOT NULL, ended DESC, seq DESC
        """;

    private const string Insert = """
        INSERT INTO jobs (id, owner, fingerprint, process, started, sent, collected, open, kind, state, plan)
        VALUES ($id, $owner, $fingerprint, $process, $started, 0, 0, 1, $kind, $state, $plan)
        """;

    private const string Reserve = """
        INSERT INTO ledger (job_id, owner, day, tool, model, reserved, credits, certainty) VALUES ($id, $owner, $day, $tool, $model, $reserved, $credits, 0)
        """;

    private const string SelectSpent = """
        SELECT
            (SELECT coalesce(sum(coalesce(actual, reserved)), 0) FROM ledger WHERE day = $day),
            (SELECT coalesce(sum(coalesce(actual, reserved)), 0) FROM ledger WHERE owner = $owner AND day = $day)
        """;

    /// <summary>A job that ended too long ago, or that the caller does not want to join, is closed for good.</summary>
    private const string CloseDuplicates = """
        UPDATE jobs SET open = 0 WHERE fingerprint = $fingerprint AND open = 1 AND ($fresh OR (ended IS NOT NULL AND (collected = 1 OR ended < $since)))
        """;

    private const string Save = """
        UPDATE jobs SET sent = max(sent, $sent), state = $state, plan = coalesce($plan, plan) WHERE id = $id AND ended IS NULL
        """;

    /// <summary>A job that was replaced by a fresh one stays closed.</summary>
    private const string CompleteJob = """
        UPDATE jobs SET ended = $ended, state = $state, open = open AND $open AND collected = 0, took = $took WHERE id = $id AND ended IS NULL
        """;

    private const string SettleLedger = "UPDATE ledger SET actual = $actual, certainty = $certainty, credits = iif(credits IS NULL, NULL, coalesce($credits, credits)) WHERE job_id = $id";

    private const string SelectReservation = "SELECT day, coalesce(reserved, 0) FROM ledger WHERE job_id = $id";

    private const string PutReservation = $"{Reserve} ON CONFLICT (job_id) DO UPDATE SET model = $model, reserved = $reserved, credits = $credits";

    /// <summary>Who collects first decides from when on the same call is a new one; a job that could not be joined before cannot be now.</summary>
    private const string Collect = "UPDATE jobs SET collected_at = iif(open = 1, $at, collected_at), collected = 1, open = 0 WHERE id = $id AND ended IS NOT NULL";

    /// <summary>Ignored where another job of the same fingerprint is open.</summary>
    private const string Uncollect = "UPDATE OR IGNORE jobs SET collected_at = NULL, collected = 0, open = 1 WHERE id = $id AND collected_at IS NOT NULL";

    /// <summary>Its result and the call crossed on their ways.</summary>
    private const string SelectCrossed = $"""
        {SelectJobs} WHERE NOT $fresh AND fingerprint = $fingerprint AND collected_at > $received AND ended >= $since ORDER BY collected_at DESC LIMIT 1
        """;

    private const string Claim = "UPDATE jobs SET process = $to WHERE id = $id AND process = $from AND ended IS NULL";

    /// <summary>A catalog that was rebuilt knows images and no jobs.</summary>
    private const string SelectOwner = """
        SELECT owner FROM jobs WHERE id = $id
        UNION ALL SELECT owner FROM (SELECT owner FROM images WHERE job_id = $id LIMIT 1)
        LIMIT 1
        """;

    private const string SelectDurations = "SELECT took FROM jobs WHERE kind = $kind AND took IS NOT NULL ORDER BY seq DESC LIMIT $limit";

    private const string SelectLedger = "SELECT day, tool, model, reserved, actual, certainty, credits FROM ledger WHERE owner = $owner AND day >= $from ORDER BY day";

    /// <summary>Becomes durable with the mark that is written before anything is sent.</summary>
    public Task<JobStartResult> TryStartAsync(JobRecord job, JobStartConditions conditions, CancellationToken cancellationToken) =>
        catalog.Database.WriteAsync(connection => TryStart(connection, job, conditions), cancellationToken, durable: false);

    public async Task<JobRecord?> FindJobAsync(string owner, string id, CancellationToken cancellationToken) =>
        await ReadJobsAsync($"{SelectJobs} WHERE id = $id AND owner = $owner", [("$id", id), ("$owner", owner)], cancellationToken) is [var job] ? job : null;

    public Task<string?> FindOwnerAsync(string jobId, CancellationToken cancellationToken) =>
        catalog.Database.ReadAsync(connection => connection.QueryScalar(SelectOwner, ("$id", jobId)) as string, cancellationToken);

    public Task<IReadOnlyList<string>> ListStatesWithCopiesAsync(string owner, int limit, CancellationToken cancellationToken) =>
        catalog.Database.ReadAsync<IReadOnlyList<string>>(
            connection => connection.Query(SelectStatesWithCopies, row => row.GetString(0), ("$owner", owner), ("$limit", limit)),
            cancellationToken);

    public Task<IReadOnlyList<JobRecord>> ListJobsAsync(string owner, int limit, CancellationToken cancellationToken) =>
        ReadJobsAsync($"{SelectJobs} WHERE owner = $owner AND id NOT GLOB '{IdGenerator.PanelJobPrefix}*' ORDER BY seq DESC LIMIT $limit", [("$owner", owner), ("$limit", limit)], cancellationToken);

    public Task<IReadOnlyList<JobRecord>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        ReadJobsAsync($"{SelectJobs} WHERE ended IS NULL ORDER BY seq", [], cancellationToken);

    public Task SaveAsync(string id, bool sent, string state, string? plan, bool durable, CancellationToken cancellationToken) =>
        ExecuteAsync(Save, [("$id", id), ("$sent", sent), ("$state", state), ("$plan", plan)], cancellationToken, durable);

    public Task<DailyExcess?> ChangeReservationAsync(string id, string owner, LedgerEntry reservation, DailyCaps caps, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        connection =>
        {
            // A job that began where it costs nothing has reserved nothing.
            var (day, reserved) = connection.Query(SelectReservation, row => (row.GetString(0), row.GetInt64(1)), ("$id", id)) is [var own] ? own : (FormatDay(reservation.Day), 0);
            var others = GetDailySpending(connection, owner, day);
            var excess = caps.FindExcess(new DailySpending(others.ByAll - reserved, others.ByCaller - reserved), reservation.Reserved ?? 0);
            if (excess is null)
            {
                Execute(connection, PutReservation, id, owner, day, reservation);
            }

            return excess;
        },
        cancellationToken);

    public Task CompleteAsync(JobCompletion completion, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        connection =>
        {
            connection.Execute(SettleLedger, ("$id", completion.Id), ("$actual", completion.ActualMicroUsd), ("$certainty", (int)completion.Certainty), ("$credits", ToMicroCredits(completion.Credits)));
            return connection.Execute(
                CompleteJob,
                ("$id", completion.Id),
                ("$ended", completion.Ended.ToUnixTimeMilliseconds()),
                ("$state", completion.State),
                ("$open", completion.Joinable),
                ("$took", completion.Duration is { } duration ? (long)duration.TotalMilliseconds : null));
        },
        cancellationToken);

    public Task MarkCollectedAsync(string id, DateTimeOffset sentAt, CancellationToken cancellationToken) =>
        ExecuteAsync(Collect, [("$id", id), ("$at", sentAt.ToUnixTimeMilliseconds())], cancellationToken, durable: false);

    public Task MarkUncollectedAsync(string id, CancellationToken cancellationToken) => ExecuteAsync(Uncollect, [("$id", id)], cancellationToken, durable: false);

    public async Task<bool> ClaimAsync(string id, string from, string to, CancellationToken cancellationToken) =>
        await ExecuteAsync(Claim, [("$id", id), ("$from", from), ("$to", to)], cancellationToken) > 0;

    public Task<IReadOnlyList<TimeSpan>> ListDurationsAsync(string kind, int limit, CancellationToken cancellationToken) =>
        catalog.Database.ReadAsync<IReadOnlyList<TimeSpan>>(
            connection => connection.Query(SelectDurations, row => TimeSpan.FromMilliseconds(row.GetInt64(0)), ("$kind", kind), ("$limit", limit)),
            cancellationToken);

    public Task<IReadOnlyList<LedgerEntry>> ListLedgerAsync(string owner, DateOnly from, CancellationToken cancellationToken) =>
        catalog.Database.ReadAsync<IReadOnlyList<LedgerEntry>>(
            connection => connection.Query(SelectLedger, ToLedgerEntry, ("$owner", owner), ("$from", FormatDay(from))),
            cancellationToken);

    public Task<DailySpending> GetDailySpendingAsync(string owner, DateOnly day, CancellationToken cancellationToken) =>
        catalog.Database.ReadAsync(connection => GetDailySpending(connection, owner, FormatDay(day)), cancellationToken);

    private static DailySpending GetDailySpending(SqliteConnection connection, string owner, string day) =>
        connection.Query(SelectSpent, row => new DailySpending(row.GetInt64(0), row.GetInt64(1)), ("$owner", owner), ("$day", day))[0];

    private static JobStartResult TryStart(SqliteConnection connection, JobRecord job, JobStartConditions conditions)
    {
        (string, object?) key = ("$fingerprint", job.DeduplicationKey);
        if (FindDuplicate(connection, key, conditions) is { } duplicate)
        {
            return new JobStartResult.Joined(duplicate);
        }

        if (job.Cost is { } cost)
        {
            var day = FormatDay(cost.Day);
            if (conditions.Caps.FindExcess(GetDailySpending(connection, job.Owner, day), cost.Reserved ?? 0) is { } excess)
            {
                return new JobStartResult.Refused(excess);
            }

            Execute(connection, Reserve, job.Id, job.Owner, day, cost);
        }

        connection.Execute(
            Insert,
            ("$id", job.Id),
            ("$owner", job.Owner),
            key,
            ("$process", job.InstanceId),
            ("$started", job.Started.ToUnixTimeMilliseconds()),
            ("$kind", job.Kind),
            ("$state", job.State),
            ("$plan", job.Plan));
        return new JobStartResult.Started();
    }

    private static JobRecord? FindDuplicate(SqliteConnection connection, (string, object?) key, JobStartConditions conditions)
    {
        (string, object?) fresh = ("$fresh", conditions.Fresh), since = ("$since", conditions.JoinableSince.ToUnixTimeMilliseconds());
        connection.Execute(CloseDuplicates, key, fresh, since);
        return connection.Query($"{SelectJobs} WHERE fingerprint = $fingerprint AND open = 1", ToJob, key)
            .Concat(connection.Query(SelectCrossed, ToJob, key, fresh, since, ("$received", conditions.ReceivedAt.ToUnixTimeMilliseconds())))
            .FirstOrDefault();
    }

    private static void Execute(SqliteConnection connection, string reserve, string id, string owner, string day, LedgerEntry cost) => connection.Execute(
        reserve, ("$id", id), ("$owner", owner), ("$day", day), ("$tool", cost.Tool), ("$model", cost.Model), ("$reserved", cost.Reserved), ("$credits", ToMicroCredits(cost.Credits)));

    private Task<int> ExecuteAsync(string sql, (string, object?)[] values, CancellationToken cancellationToken, bool durable = true) =>
        catalog.Database.WriteAsync(connection => connection.Execute(sql, values), cancellationToken, durable);

    private Task<IReadOnlyList<JobRecord>> ReadJobsAsync(string sql, (string, object?)[] values, CancellationToken cancellationToken) =>
        catalog.Database.ReadAsync<IReadOnlyList<JobRecord>>(connection => connection.Query(sql, ToJob, values), cancellationToken);

    private static JobRecord ToJob(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Owner = row.GetString(1),
        DeduplicationKey = row.GetString(2),
        InstanceId = row.GetString(3),
        Started = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        Ended = row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        Sent = row.GetBoolean(6),
        Kind = row.GetString(7),
        State = row.GetString(8),
        Plan = row.GetString(9),
    };

    private static LedgerEntry ToLedgerEntry(SqliteDataReader row) => new()
    {
        Day = DateOnly.ParseExact(row.GetString(0), "O"),
        Tool = row.GetString(1),
        Model = row.GetString(2),
        Reserved = row.IsDBNull(3) ? null : row.GetInt64(3),
        Actual = row.IsDBNull(4) ? null : row.GetInt64(4),
        Certainty = (CostCertainty)row.GetInt32(5),
        Credits = row.IsDBNull(6) ? null : row.GetInt64(6) / MicroCreditsPerCredit,
    };

    private static long? ToMicroCredits(decimal? credits) => credits is { } known ? (long)decimal.Ceiling(known * MicroCreditsPerCredit) : null;

    private static string FormatDay(DateOnly day) => day.ToString("O");
}
