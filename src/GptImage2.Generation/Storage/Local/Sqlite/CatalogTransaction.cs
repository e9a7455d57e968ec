using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>A transaction in which nobody else writes: all of it happens, or nothing.</summary>
internal static class CatalogTransaction
{
    /// <summary>What SQLite says of a rollback when it has rolled back by itself, as on a full disk.</summary>
    private const int NothingToRollBack = 1;

    public static T Execute<T>(SqliteConnection connection, Func<SqliteTransaction, T> work)
    {
        var transaction = connection.BeginTransaction(deferred: false);
        try
        {
            var result = work(transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            TryDispose(transaction);
        }
    }

    /// <returns>Whether there was anything to end.</returns>
    private static bool TryDispose(SqliteTransaction transaction)
    {
        try
        {
            transaction.Dispose();
            return true;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is NothingToRollBack)
        {
            // Why it was rolled back is on its way to the caller, and this must not take its place.
            return false;
        }
    }
}
