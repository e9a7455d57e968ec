using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Requests;
using Microsoft.Data.Sqlite;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>Boards in the catalog's file.</summary>
public sealed class SqliteStoryboardStore(SqliteImageCatalog catalog) : IStoryboardStore
{
    private const string Select = "SELECT board FROM boards WHERE id = $id AND owner = $owner";

    private const string SelectNewest = "SELECT board FROM boards WHERE owner = $owner ORDER BY changed DESC LIMIT $limit";

    private const string SelectIds = "SELECT id FROM boards WHERE owner = $owner AND instr(id, $typed) > 0 ORDER BY changed DESC LIMIT $limit";

    /// <summary>An id that is somebody else's is not taken over.</summary>
    private const string Put = """
        INSERT INTO boards (id, owner, changed, board) VALUES ($id, $owner, $changed, $board)
        ON CONFLICT (id) DO UPDATE SET changed = $changed, board = $board WHERE owner = $owner
        """;

    public async Task<Storyboard?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        await catalog.Database.ReadAsync(connection => Find(connection, owner, id), cancellationToken);

    public Task<IReadOnlyList<Storyboard>> ListAsync(string owner, int limit, CancellationToken cancellationToken) =>
        catalog.Database.ReadAsync<IReadOnlyList<Storyboard>>(connection => connection.Query(SelectNewest, ToBoard, ("$owner", owner), ("$limit", limit)), cancellationToken);

    public Task<IReadOnlyList<string>> SuggestAsync(string owner, string typed, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return catalog.Database.ReadAsync<IReadOnlyList<string>>(
            connection => connection.Query(SelectIds, row => row.GetString(0), ("$owner", owner), ("$typed", typed.Trim().ToLowerInvariant()), ("$limit", limit)), cancellationToken);
    }

    /// <summary>Becomes durable with the mark that a panel's job writes before anything is sent.</summary>
    public Task<Storyboard> ChangeAsync(string owner, string id, Func<Storyboard?, Storyboard> change, CancellationToken cancellationToken) => catalog.Database.WriteAsync(
        connection =>
        {
            var changed = change(Find(connection, owner, id));
            connection.Execute(
                Put,
                ("$id", id),
                ("$owner", owner),
                ("$changed", changed.Changed.ToUnixTimeMilliseconds()),
                ("$board", JsonSerializer.Serialize(changed, StoryboardJsonContext.Relaxed.Storyboard)));
            return changed;
        },
        cancellationToken,
        durable: false);

    private static Storyboard? Find(SqliteConnection connection, string owner, string id) =>
        connection.Query(Select, ToBoard, ("$id", id), ("$owner", owner)) is [var board] ? board : null;

    private static Storyboard ToBoard(SqliteDataReader row) => JsonSerializer.Deserialize(row.GetString(0), StoryboardJsonContext.Relaxed.Storyboard)!;
}
