using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>Commands and transactions. A command belongs to the transaction that its connection is in.</summary>
internal static class SqliteCommands
{
    extension(SqliteConnection connection)
    {
        public SqliteCommand CreateCommand(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values)
            {
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }

            return command;
        }

        /// <returns>How many rows were changed.</returns>
        public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
        {
            using var command = connection.CreateCommand(sql, values);
            return command.ExecuteNonQuery();
        }

        /// <returns>The first column of the first row, or null without one.</returns>
        public object? QueryScalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
        {
            using var command = connection.CreateCommand(sql, values);
            return command.ExecuteScalar();
        }

        public List<T> Query<T>(string sql, Func<SqliteDataReader, T> readRow, params ReadOnlySpan<(string Name, object? Value)> values)
        {
            using var command = connection.CreateCommand(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(readRow(reader));
            }

            return rows;
        }

        /// <summary>Runs work as the only writer: all of it happens, or nothing.</summary>
        public T InTransaction<T>(Func<T> work)
        {
            var transaction = connection.BeginTransaction(deferred: false);
            try
            {
                var result = work();
                transaction.Commit();
                return result;
            }
            finally
            {
                TryDispose(transaction);
            }
        }
    }

    private static void TryDispose(SqliteTransaction transaction)
    {
        try
        {
            transaction.Dispose();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_ERROR)
        {
            // SQLite has rolled back by itself, as on a full disk: the reason of the rollback is on its way to the caller, and this must not replace it.
        }
    }
}
