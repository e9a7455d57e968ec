using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Generation.Tests.Storage.Local.Sqlite;

/// <summary>Readers that were needed at once do not stay for ever, with the pages that each of them keeps.</summary>
public sealed class CatalogReadersTests : IAsyncDisposable
{
    /// <summary>A size of their page cache that no other reader has.</summary>
    private const long Mark = -1234;

    private readonly TempFolder _temp = new();
    private readonly SqliteImageCatalog _catalog;

    public CatalogReadersTests() =>
        _catalog = new SqliteImageCatalog(new StorageOptions { Root = _temp.Path, CatalogFolder = _temp.Path }, NullLogger<SqliteImageCatalog>.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        _temp.Dispose();
    }

    [Fact]
    public async Task Those_that_nobody_uses_are_closed_and_the_next_read_opens_another()
    {
        await _catalog.AddAsync(TestImageRecords.Create("a fox"), Cancellation);
        await _catalog.Database.ReadAsync(connection => connection.Execute($"PRAGMA cache_size = {Mark}"), Cancellation);
        var kept = await ReadCacheSizeAsync();

        _catalog.CloseIdleReaders();

        kept.ShouldBe(Mark);
        (await ReadCacheSizeAsync()).ShouldNotBe(Mark);
        (await _catalog.ListAsync("local", new ImageQuery { Limit = 1 }, Cancellation)).Images.Count.ShouldBe(1);
    }

    private async Task<long> ReadCacheSizeAsync() => (long)(await _catalog.Database.ReadAsync(connection => connection.QueryScalar("PRAGMA cache_size"), Cancellation))!;
}
