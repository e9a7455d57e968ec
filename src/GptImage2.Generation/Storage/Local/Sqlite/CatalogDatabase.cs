using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>
/// The catalog's file: one writer that runs one short transaction after the other, and pooled readers in parallel. Nothing
/// touches the disk before the first read or write.
/// </summary>
internal sealed partial class CatalogDatabase : IAsyncDisposable
{
    /// <summary>How long to wait for another process, in seconds.</summary>
    private const int BusyTimeoutSeconds = 5;

    private readonly Channel<Action> _queue = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly ILogger _logger;
    private readonly Action<SqliteConnection> _initialize;
    private readonly string _file;
    private readonly string _connectionString;
    private readonly Task _draining;
    private volatile SqliteConnection? _writer;

    /// <param name="initialize">Fills a catalog that has just been created, in the transaction that creates it.</param>
    public CatalogDatabase(string folder, Action<SqliteConnection> initialize, ILogger logger)
    {
        (_initialize, _logger) = (initialize, logger);
        _file = Path.Combine(folder, "catalog.db");
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _file,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = BusyTimeoutSeconds,
        }.ToString();
        _draining = DrainAsync();
    }

    /// <exception cref="ImageException">The catalog cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        if (_writer is null || !File.Exists(_file))
        {
            await EnqueueAsync(GetWriter, cancellationToken);
        }

        return await Task.Run(() => TranslateErrors(() => Read(read)), cancellationToken);
    }

    /// <summary>Runs in a transaction of its own as the only writer; once begun it cannot be cancelled.</summary>
    /// <exception cref="ImageException">The catalog cannot be written.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken) => EnqueueAsync(
        () =>
        {
            var connection = GetWriter();
            return connection.InTransaction(() => write(connection));
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete())
        {
            await _draining;
            Close();
        }
    }

    private async Task DrainAsync()
    {
        await foreach (var action in _queue.Reader.ReadAllAsync())
        {
            action();
        }
    }

    private Task<T> EnqueueAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queued = _queue.Writer.TryWrite(() => Execute(done, work, cancellationToken));
        ObjectDisposedException.ThrowIf(!queued, this);
        return done.Task;
    }

    private void Execute<T>(TaskCompletionSource<T> done, Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            done.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            done.SetResult(TranslateErrors(work));
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }

    private T Read<T>(Func<SqliteConnection, T> read)
    {
        using var connection = Open(_connectionString, "PRAGMA query_only = ON;");
        return read(connection);
    }

    /// <summary>Only the queue calls this, so there is one writer and one migration at a time.</summary>
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
        var connection = Open(forWriting.ToString(), "");
        try
        {
            var found = CatalogSchema.Migrate(connection, _initialize);
            LogOpened(_file, found);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Open(string connectionString, string pragmas)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout = {BusyTimeoutSeconds}000; {pragmas}");
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
        using var pooled = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(pooled);
        _writer?.Dispose();
        _writer = null;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Opened the catalog {File}, found at version {Version}")]
    private partial void LogOpened(string file, int version);
}
