using GptImage2.Generation.Rendering;

namespace GptImage2.Generation.Storage.Local.Sqlite;

/// <summary>What services have received, in the catalog's file. It only saves uploads: what a crash loses of it is uploaded again.</summary>
public sealed class SqliteUploadedAssets(SqliteImageCatalog catalog) : IUploadedAssets
{
    private const string Select = "SELECT asset FROM service_assets WHERE account = $account AND sha256 = $sha256";

    private const string Upsert = "INSERT INTO service_assets (account, sha256, asset) VALUES ($account, $sha256, $asset) ON CONFLICT DO UPDATE SET asset = excluded.asset";

    public Task<string?> FindAsync(string account, string sha256, CancellationToken cancellationToken) =>
        catalog.Database.ReadAsync(connection => connection.QueryScalar(Select, ("$account", account), ("$sha256", sha256)) as string, cancellationToken);

    public Task SaveAsync(string account, string sha256, string assetId, CancellationToken cancellationToken) =>
        catalog.Database.WriteAsync(connection => connection.Execute(Upsert, ("$account", account), ("$sha256", sha256), ("$asset", assetId)), cancellationToken, durable: false);
}
