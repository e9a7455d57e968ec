using System.Reflection;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage.Local.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Generation.Tests.Storage.Local.Sqlite;

public sealed class SqliteJobStoreTests : IAsyncDisposable
{
    private readonly WorkflowHost _host = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Losing the power cannot be tried here, so SQLite's own setting is read within the transaction: 2 is FULL, 1 is NORMAL.</summary>
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Only_what_must_survive_a_power_failure_is_flushed_at_once(bool durable, long synchronous)
    {
        var database = _host.GetService<SqliteImageCatalog>().Database;

        (await database.WriteAsync(connection => connection.QueryScalar("PRAGMA synchronous"), Cancellation, durable)).ShouldBe(synchronous);
        (await database.WriteAsync(connection => connection.QueryScalar("PRAGMA synchronous"), Cancellation)).ShouldBe(2L);
    }

    /// <summary>After a power failure nothing may look unsent that a service has billed.</summary>
    [Fact]
    public async Task The_mark_before_sending_is_flushed()
    {
        var saves = new ConcurrentQueue<(bool Sent, bool Durable)>();
        await using var host = new WorkflowHost(more: services => services.AddSingleton<IJobStore>(provider =>
            RecordingJobStore.Create(new SqliteJobStore(provider.GetRequiredService<SqliteImageCatalog>()), saves.Enqueue)));

        await host.AskAsync(WorkflowHost.Request(), Cancellation);

        saves.First(save => save.Sent).Durable.ShouldBeTrue();
    }

    /// <summary>A catalog that was rebuilt from the records next to the images has no jobs.</summary>
    [Fact]
    public async Task The_owner_of_a_job_is_known_by_its_row_or_by_an_image_of_it()
    {
        var jobs = _host.GetService<IJobStore>();
        var job = new JobRecord { Id = "job_1", Owner = "token:anna", DeduplicationKey = "key", InstanceId = "here", Started = DateTimeOffset.UnixEpoch, Kind = "kind", State = "{}", Plan = "{}" };
        await jobs.TryStartAsync(job, new JobStartConditions(Fresh: false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DailyCaps.None), Cancellation);
        var image = TestImageRecords.Create("a fox", owner: "token:bert");
        await _host.Catalog.AddAsync(image, Cancellation);

        (await jobs.FindOwnerAsync("job_1", Cancellation)).ShouldBe("token:anna");
        (await jobs.FindOwnerAsync(image.JobId, Cancellation)).ShouldBe("token:bert");
        (await jobs.FindOwnerAsync("job_2", Cancellation)).ShouldBeNull();
    }

    /// <summary>A change recorded in the background may be older than the mark.</summary>
    [Fact]
    public async Task What_was_sent_stays_sent_whatever_is_recorded_later()
    {
        var jobs = _host.GetService<IJobStore>();
        var job = new JobRecord { Id = "job_1", Owner = "local", DeduplicationKey = "key", InstanceId = "here", Started = DateTimeOffset.UnixEpoch, Kind = "kind", State = "{}", Plan = "{}" };
        (await jobs.TryStartAsync(job, new JobStartConditions(Fresh: false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DailyCaps.None), Cancellation)).ShouldBeOfType<JobStartResult.Started>();

        await jobs.SaveAsync("job_1", sent: true, """{"n":2}""", plan: null, durable: true, Cancellation);
        await jobs.SaveAsync("job_1", sent: false, """{"n":1}""", plan: null, durable: false, Cancellation);

        (await jobs.FindJobAsync("local", "job_1", Cancellation))!.Sent.ShouldBeTrue();
    }
}

/// <summary>A job store that tells what is saved.</summary>
public class RecordingJobStore : DispatchProxy
{
    private IJobStore? _store;
    private Action<(bool Sent, bool Durable)>? _onSave;

    public static IJobStore Create(IJobStore store, Action<(bool Sent, bool Durable)> onSave)
    {
        var proxy = Create<IJobStore, RecordingJobStore>();
        (((RecordingJobStore)proxy)._store, ((RecordingJobStore)proxy)._onSave) = (store, onSave);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name is nameof(IJobStore.SaveAsync))
        {
            _onSave!(((bool)args![1]!, (bool)args[4]!));
        }

        return targetMethod.Invoke(_store, args);
    }
}
