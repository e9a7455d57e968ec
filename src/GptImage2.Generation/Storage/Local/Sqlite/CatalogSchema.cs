using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>The catalog's tables, and the steps that bring an older file up to them.</summary>
internal static class CatalogSchema
{
    /// <summary>
    /// What an image is stands in <c>record</c>; the other columns are what it is looked up by. The full-text index stores no
    /// text of its own. It carries the owner, so that other owners' images cost nothing to skip, and short prefixes of words,
    /// because without them each search for one would gather thousands of words.
    /// </summary>
    private const string Images = """
        CREATE TABLE images (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            owner TEXT NOT NULL,
            job_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            created INTEGER NOT NULL,
            delivered INTEGER NOT NULL CHECK (delivered IN (0, 1)),
            record TEXT NOT NULL
        ) STRICT;
        CREATE INDEX images_delivered ON images (owner, seq DESC) WHERE delivered = 1;
        CREATE INDEX images_of_job ON images (job_id, number);
        CREATE VIRTUAL TABLE words USING fts5(owner, prompt, content = '', contentless_delete = 1, tokenize = 'unicode61', prefix = '1 2 3');
        """;

    /// <summary>
    /// The name of an image's file, in lower case. Both indexes hold all that a suggestion needs, so that searching thousands
    /// of images reads no record; the first replaces the one that it extends.
    /// </summary>
    private const string Names = """
        ALTER TABLE images ADD COLUMN name TEXT NOT NULL DEFAULT '';
        UPDATE images SET name = lower(substr(record ->> '$.file.path', instr(record ->> '$.file.path', '/') + 1));
        CREATE INDEX images_newest ON images (owner, seq DESC, name, id) WHERE delivered = 1;
        CREATE INDEX images_by_id ON images (owner, id, name) WHERE delivered = 1;
        DROP INDEX images_delivered;
        """;

    /// <summary>
    /// An open job is one that the same request joins: the index makes sure that there is at most one. Amounts are
    /// millionths of a USD, times are milliseconds, days are UTC.
    /// </summary>
    private const string Jobs = """
        CREATE TABLE jobs (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            owner TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            process TEXT NOT NULL,
            started INTEGER NOT NULL,
            ended INTEGER,
            took INTEGER,
            sent INTEGER NOT NULL CHECK (sent IN (0, 1)),
            collected INTEGER NOT NULL CHECK (collected IN (0, 1)),
            open INTEGER NOT NULL CHECK (open IN (0, 1)),
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            plan TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX jobs_open ON jobs (fingerprint) WHERE open = 1;
        CREATE INDEX jobs_unfinished ON jobs (seq) WHERE ended IS NULL;
        CREATE INDEX jobs_of_owner ON jobs (owner, seq DESC);
        CREATE INDEX jobs_of_kind ON jobs (kind, seq DESC) WHERE took IS NOT NULL;
        CREATE TABLE ledger (
            job_id TEXT PRIMARY KEY,
            owner TEXT NOT NULL,
            day TEXT NOT NULL,
            tool TEXT NOT NULL,
            model TEXT NOT NULL,
            reserved INTEGER,
            actual INTEGER,
            certainty INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX ledger_of_day ON ledger (day, actual, reserved);
        """;

    /// <summary>The words of an edit include those of what it was made from: no SQL can gather them, so older files are reindexed after this step.</summary>
    private const string WordsOfEdits = "SELECT 1";

    /// <summary>What one owner has spent is added up without a look at what others have.</summary>
    private const string LedgerOfOwner = "CREATE INDEX ledger_of_owner ON ledger (owner, day, actual, reserved)";

    /// <summary>In millionths of a service's own credit, where it counts in them.</summary>
    private const string LedgerCredits = "ALTER TABLE ledger ADD COLUMN credits INTEGER";

    /// <summary>Files that a service keeps, by their content, so that none is uploaded twice.</summary>
    private const string ServiceAssets = """
        CREATE TABLE service_assets (
            account TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            asset TEXT NOT NULL,
            PRIMARY KEY (account, sha256)
        ) STRICT, WITHOUT ROWID;
        """;

    /// <summary>When a job's result set out to the caller who collected it, where the same call could have joined it until then.</summary>
    private const string CollectedAt = """
        ALTER TABLE jobs ADD COLUMN collected_at INTEGER;
        CREATE INDEX jobs_collected ON jobs (fingerprint, collected_at) WHERE collected_at IS NOT NULL;
        """;

    /// <summary>What a board is stands in <c>board</c>; the other columns are what it is found by.</summary>
    private const string Boards = """
        CREATE TABLE boards (
            id TEXT PRIMARY KEY,
            owner TEXT NOT NULL,
            changed INTEGER NOT NULL,
            board TEXT NOT NULL
        ) STRICT;
        CREATE INDEX boards_of_owner ON boards (owner, changed DESC, id);
        """;

    /// <summary>In the order in which they were marked.</summary>
    private const string Favourites = """
        CREATE TABLE favourites (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            owner TEXT NOT NULL,
            image TEXT NOT NULL,
            UNIQUE (owner, image)
        ) STRICT;
        """;

    /// <summary>Step n turns version n into version n + 1. Steps that were published are never changed.</summary>
    private static readonly string[] Steps = [Images, Names, Jobs, WordsOfEdits, LedgerOfOwner, LedgerCredits, ServiceAssets, CollectedAt, Boards, Favourites];

    private static readonly int VersionWithWordsOfEdits = Array.IndexOf(Steps, WordsOfEdits) + 1;

    /// <summary>Brings the file up to date; any number of processes may do so at once.</summary>
    /// <param name="initialize">Fills a catalog that has just been created, in the transaction that creates it.</param>
    /// <param name="reindex">Gathers the words of edits anew.</param>
    /// <returns>The version that was found.</returns>
    /// <exception cref="ImageException">A newer program has written the file.</exception>
    public static int Migrate(SqliteConnection connection, Action<SqliteConnection> initialize, Action<SqliteConnection> reindex)
    {
        var found = ReadVersion(connection);
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        return found == Steps.Length ? found : connection.InTransaction(() => ApplySteps(connection, initialize, reindex));
    }

    private static int ApplySteps(SqliteConnection connection, Action<SqliteConnection> initialize, Action<SqliteConnection> reindex)
    {
        var found = ReadVersion(connection);
        foreach (var step in Steps.Skip(found))
        {
            connection.Execute(step);
        }

        if (found is 0)
        {
            initialize(connection);
        }
        else if (found < VersionWithWordsOfEdits)
        {
            reindex(connection);
        }

        connection.Execute($"PRAGMA user_version = {Steps.Length}");
        return found;
    }

    private static int ReadVersion(SqliteConnection connection)
    {
        var version = (long)connection.QueryScalar("PRAGMA user_version")!;
        return version <= Steps.Length ? (int)version : throw CatalogErrors.NewerVersion(connection.DataSource);
    }
}
