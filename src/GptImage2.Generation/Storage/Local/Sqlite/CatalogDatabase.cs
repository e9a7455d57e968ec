using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>
/// The catalog's file: one writer that runs one short transaction after the other, and pooled readers in parallel. Nothing
/// touches the disk before the first read or write.
/// </summary>
/// <param name="initialize">Fills a catalog that has just been created, in the transaction that creates it.</param>
/// <param name="reindex">Gathers anew the words that images are found by, where an older version wrote the file.</param>
internal sealed partial class CatalogDatabase(string folder, Action<SqliteConnection> initialize, Action<SqliteConnection> reindex, ILogger logger) : IAsyncDisposable
{
    /// <summary>How long to wait for another process, in seconds.</summary>
    private const int BusyTimeoutSeconds = 5;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly string _file = Path.Combine(folder, "catalog.db");
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, "catalog.db"),
        Mode = SqliteOpenMode.ReadWrite,
        ForeignKeys = true,
        DefaultTimeout = BusyTimeoutSeconds,
    }.ToString();

    private volatile SqliteConnection? _writer;
    private bool _disposed;

    /// <exception cref="ImageException">The catalog cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        if (_writer is null || !File.Exists(_file))
        {
            await InTurnAsync(GetWriter, cancellationToken);
        }

        return await Task.Run(() => TranslateErrors(() => Read(read)), cancellationToken);
    }

    /// <summary>Runs in a transaction of its own as the only writer; once begun it cannot be cancelled.</summary>
    /// <param name="durable">
    /// Whether it must survive a power failure at once. If not, it survives the end of this process all the same, and the next
    /// durable write of any process takes it along: they share one log (sqlite.org/pragma.html, synchronous).
    /// </param>
    /// <exception cref="ImageException">The catalog cannot be written.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken, bool durable = true) => InTurnAsync(
        () =>
        {
            var connection = GetWriter();
            connection.Execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            return connection.InTransaction(() => write(connection));
        },
        cancellationToken);

    /// <summary>Closes readers that nobody uses, each of which keeps up to 2 MB of pages; the next read opens another.</summary>
    public void CloseIdleReaders()
    {
        using var pooled = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(pooled);
    }

    /// <summary>What has been asked for before is done first.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        _disposed = true;
        Close();
        _writing.Release();
    }

    /// <summary>First come, first served.</summary>
    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return await Task.Run(() => TranslateErrors(work), CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    private T Read<T>(Func<SqliteConnection, T> read)
    {
        using var connection = Open(_connectionString, connection => connection.Execute("PRAGMA query_only = ON"));
        return read(connection);
    }

    /// <summary>Called in turn, so there is one writer and one migration at a time.</summary>
    private SqliteConnection GetWriter()
    {
        if (_writer is not null && !File.Exists(_file))
        {
            // An open file outlives its name on most systems: what is written to it now would be lost silently.
            Close();
            throw CatalogErrors.Deleted(_file);
        }

        return _writer ??= CreateWriter();
    }

    private SqliteConnection CreateWriter()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        var forWriting = new SqliteConnectionStringBuilder(_connectionString) { Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false };
        return Open(forWriting.ToString(), connection =>
        {
            var found = CatalogSchema.Migrate(connection, initialize, reindex);
            LogOpened(_file, found);
        });
    }

    private static SqliteConnection Open(string connectionString, Action<SqliteConnection> prepare)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout = {BusyTimeoutSeconds}000");
            prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private T TranslateErrors<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (CatalogErrors.IsCatalogException(exception))
        {
            throw CatalogErrors.FromException(exception, _file);
        }
    }

    private void Close()
    {
        // Without a writer there never was a reader, nor perhaps a library to close one.
        if (_writer is { } writer)
        {
            CloseIdleReaders();
            writer.Dispose();
            _writer = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Opened the catalog {File}, found at version {Version}")]
    private partial void LogOpened(string file, int version);
}
