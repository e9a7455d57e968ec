using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>What is wrong with the catalog, and what to do about it.</summary>
internal static class CatalogErrors
{
    /// <summary>Whether SQLite or the file system failed, rather than our code.</summary>
    public static bool IsCatalogException(Exception exception) => exception
        is IOException or UnauthorizedAccessException or DllNotFoundException or TypeInitializationException
        or SqliteException
        {
            SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED or SQLITE_READONLY or SQLITE_IOERR
                or SQLITE_CORRUPT or SQLITE_FULL or SQLITE_CANTOPEN or SQLITE_NOTADB,
        };

    public static ImageException FromException(Exception exception, string file) => exception switch
    {
        SqliteException { SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED } => CreateError(
            $"The catalog {file} is held by another process. Try again in a moment.", exception, RetryAdvice.Later),
        SqliteException { SqliteErrorCode: SQLITE_CORRUPT or SQLITE_NOTADB } => CreateError(
            $"The catalog {file} is damaged. Stop every server that uses it and delete it, with the files -wal and -shm next to it; "
            + "no image is lost, and the next call rebuilds the list from the records next to the images.", exception),
        SqliteException { SqliteErrorCode: SQLITE_FULL } => CreateError(
            $"The disk that holds the catalog {file} is full. Free some space, then try again.", exception, RetryAdvice.Later),
        DllNotFoundException or TypeInitializationException => CreateError(
            $"SQLite cannot be loaded, so there is no catalog: {exception.GetBaseException().Message} Its library, e_sqlite3, belongs next to the executable: install the server again, and keep its folder together.", exception),
        _ => StorageErrors.CatalogFolderUnusable(exception, Path.GetDirectoryName(file)!),
    };

    public static ImageException Deleted(string file) => CreateError(
        $"The catalog {file} was deleted while it was in use. A new one is created at the next call; images are not affected.",
        retry: RetryAdvice.Same);

    public static ImageException NewerVersion(string file) => CreateError(
        $"The catalog {file} was written by a newer version of this server. Update the server, or choose another folder for the store with GPTIMAGE2_STORAGE__ROOT.");

    private static ImageException CreateError(string message, Exception? inner = null, RetryAdvice retry = RetryAdvice.No) =>
        new(new Failure { Code = FailureCode.StorageFailed, Message = message, Retry = retry, Billed = Billing.Unknown }, inner);
}
