using GptImage2.Generation.Storage.Local.Sqlite;

namespace GptImage2.Generation.Favourites;

/// <summary>Favourites in the catalog's file.</summary>
public sealed class SqliteFavouriteStore(SqliteImageCatalog catalog) : IFavouriteStore
{
    private const string Select = "SELECT image FROM favourites WHERE owner = $owner ORDER BY seq DESC";

    private const string Insert = "INSERT INTO favourites (owner, image) VALUES ($owner, $image) ON CONFLICT DO NOTHING";

    private const string Delete = "DELETE FROM favourites WHERE owner = $owner AND image = $image";

    public Task<IReadOnlyList<string>> ListAsync(string owner, CancellationToken cancellationToken) =>
        catalog.Database.ReadAsync<IReadOnlyList<string>>(connection => connection.Query(Select, row => row.GetString(0), ("$owner", owner)), cancellationToken);

    public Task SetAsync(string owner, string image, bool isFavourite, CancellationToken cancellationToken) =>
        catalog.Database.WriteAsync(connection => connection.Execute(isFavourite ? Insert : Delete, ("$owner", owner), ("$image", image)), cancellationToken, durable: false);
}
