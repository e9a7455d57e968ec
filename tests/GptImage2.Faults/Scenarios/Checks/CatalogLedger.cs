using Microsoft.Data.Sqlite;

namespace GptImage2.Faults.Scenarios.Checks;

/// <summary>A job and what it cost, read from the catalog's own tables: no code of the server has touched it.</summary>
/// <param name="Prompt">As the caller wrote it.</param>
/// <param name="Reserved">In millionths of a USD, as is what it did cost.</param>
/// <param name="Certainty">0 reserved, 1 known, 2 bound, 3 uncertain.</param>
internal sealed record CatalogLedgerRow(string Job, string Prompt, string Status, bool Ended, bool Sent, string Day, long Reserved, long? Actual, int Certainty)
{
    /// <summary>Most that may have been billed.</summary>
    public long Counted => Actual ?? Reserved;

    public override string ToString() => FormattableString.Invariant($"{Job} \"{Prompt}\" {Status}{(Ended ? "" : ", not ended")}{(Sent ? ", sent" : "")}: {Certainty switch { 0 => "reserved", 1 => "known", 2 => "bound", _ => "uncertain" }} {Counted}");
}

/// <summary>Reads them.</summary>
internal static class CatalogLedger
{
    public static IReadOnlyList<CatalogLedgerRow> Read(string folder)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "catalog.db"), Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT jobs.id, state, ended IS NOT NULL, sent, ledger.day, ledger.reserved, ledger.actual, ledger.certainty
            FROM jobs LEFT JOIN ledger ON ledger.job_id = jobs.id ORDER BY seq
            """;
        using var reader = command.ExecuteReader();
        List<CatalogLedgerRow> rows = [];
        while (reader.Read())
        {
            var state = JsonElement.Parse(reader.GetString(1));
            rows.Add(new CatalogLedgerRow(
                reader.GetString(0),
                state.GetProperty("order").GetProperty("prompt").GetString()!,
                state.GetProperty("status").GetString()!,
                reader.GetBoolean(2),
                reader.GetBoolean(3),
                reader.IsDBNull(4) ? "" : reader.GetString(4),
                reader.IsDBNull(5) ? 0 : reader.GetInt64(5),
                reader.IsDBNull(6) ? null : reader.GetInt64(6),
                reader.IsDBNull(7) ? 1 : reader.GetInt32(7)));
        }

        return rows;
    }
}
