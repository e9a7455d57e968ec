using GptImage2.Faults.Harness;
using GptImage2.Faults.Scenarios.Checks;
using GptImage2.Faults.Scenarios.Simulation;
using GptImage2.Testing.Files;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.Time;

namespace GptImage2.Faults.Scenarios;

/// <summary>Plays a scenario with real processes, a real store and real HTTP, and then looks at what is left.</summary>
internal sealed class ScenarioRunner : IAsyncDisposable
{
    /// <summary>Enough for a catalog and a few images.</summary>
    private const int DiskKilobytes = 8_000;

    /// <summary>For a moment that may not come, because the service refuses or another server is faster.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly TestFolders _folders = new();
    private readonly List<ServerUnderTest> _actors = [];
    private readonly Scenario _scenario;
    private readonly StrictOpenAI _service;
    private readonly ClientSimulator _conversation;
    private readonly MountedDisk? _disk;

    private ScenarioRunner(Scenario scenario, StrictOpenAI service)
    {
        (_scenario, _service) = (scenario, service);
        _conversation = new ClientSimulator(scenario, _folders, Timeline);
        _disk = scenario.FreeKilobytes is null ? null : MountedDisk.TryMount(_folders.Store, DiskKilobytes);
        var sky = new FaultInjector(scenario);
        (service.SelectResponse, service.DrawImage) = (sky.CreateResponse, sky.Draw);
    }

    public ScenarioLog Timeline { get; } = new();

    /// <summary>Why this cannot be played on this machine, or null.</summary>
    public string? SkipReason => _scenario.FreeKilobytes is not null && _disk is null ? "Nothing can be mounted here."
        : _scenario.ClockJump != TimeSpan.Zero && !FakeTimeLibrary.IsAvailable ? "libfaketime is not installed here."
        : null;

    private string FillerFile => Path.Combine(_folders.Store, "filler");

    public static async Task<ScenarioRunner> CreateAsync(Scenario scenario) => new(scenario, await StrictOpenAI.StartAsync());

    public async Task RunAsync()
    {
        _conversation.DrawInputs();
        await StartAsync(_scenario.Servers, _scenario.Settings, TimeSpan.Zero);
        await FillDiskAsync();
        await Task.WhenAll([
            .. _scenario.Calls.Select(call => _conversation.RunCallAsync(call, _actors[call.Server])),
            .. _scenario.Crashes.Select(doom => CrashAsync(doom, _actors[doom.Server])),
        ]);
        await ShutDownAllAsync();

        var first = await StartAsync(_scenario.ServersAfterRestart, new ScenarioSettings(20, 20, 3, Stream: true, Abort: false), _scenario.ClockJump);
        await Task.WhenAll(first.SelectMany(actor => RepeatCalls(actor)));
        var evidence = new Observations(_scenario, _service.Billing, _conversation, _actors);
        await new ImageCheck(_scenario, _service.Billing, evidence, _folders, Timeline).CheckAsync(first[0]);
        await WaitForRecoveryAsync();
        var spending = await SpendingCheck.ReadSummaryAsync(first[^1]);
        await ShutDownAllAsync();
        new SpendingCheck(_scenario, _service.Billing, evidence, _actors, Timeline).CheckLedger(CatalogLedger.Read(_folders.Store), spending);
        new RequestCheck(_scenario, _service.Billing, _conversation, evidence, Timeline).Check();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var actor in _actors)
        {
            await actor.DisposeAsync();
        }

        await _service.DisposeAsync();
        _disk?.Dispose();
        _folders.Dispose();
    }

    private IEnumerable<Task> RepeatCalls(ServerUnderTest actor) => _scenario.RepeatedCalls.Select(number =>
        _conversation.AskAsync(_scenario.Calls.First(call => call.Number == number), actor, fresh: false));

    private async Task<ServerUnderTest[]> StartAsync(int count, ScenarioSettings terms, TimeSpan jump)
    {
        var actors = Enumerable.Range(_actors.Count, count).Select(number => Start(number, terms, jump)).ToArray();
        _actors.AddRange(actors);
        await Task.WhenAll(actors.Select(actor => actor.InitializeAsync()));
        return actors;
    }

    private ServerUnderTest Start(int number, ScenarioSettings terms, TimeSpan jump)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"server_{number}");
        (string, string)[] settings =
        [
            .. ServerEnvironment.Create(_service),
            .. jump == TimeSpan.Zero ? [] : FakeTimeLibrary.Settings(jump),
            ("OPENAI_PROJECT_ID", name),
            ("GPTIMAGE2_JOBS__WAITSECONDS", Number(terms.Wait)),
            ("GPTIMAGE2_JOBS__DRAINSECONDS", Number(terms.Drain)),
            ("GPTIMAGE2_JOBS__ONCANCEL", terms.Abort ? "abort" : "finish"),
            ("GPTIMAGE2_OPENAI__TIMEOUTSECONDS", Number(terms.Timeout)),
            ("GPTIMAGE2_OPENAI__STREAM", terms.Stream ? "true" : "false"),
        ];
        return new ServerUnderTest(name, ServerProcess.Start(_folders, settings), TimeSpan.FromSeconds(terms.Drain), Timeline);
    }

    private async Task CrashAsync(Crash doom, ServerUnderTest actor)
    {
        using var late = new CancellationTokenSource(MostPatience);
        try
        {
            await WaitForTriggerAsync(doom.Trigger, actor.Name, late.Token);
        }
        catch (OperationCanceledException)
        {
            Timeline.Add($"{actor.Name}: {doom.Trigger} does not come");
        }

        await Task.Delay(TimeSpan.FromMilliseconds(doom.Delay), TimeProvider.System, TestContext.Current.CancellationToken);
        await actor.EndAsync(doom.Kind);
    }

    private Task WaitForTriggerAsync(CrashTrigger moment, string name, CancellationToken cancellationToken) => moment switch
    {
        CrashTrigger.Start => Task.CompletedTask,
        CrashTrigger.FirstByteSent => FirstByteAsync(cancellationToken),
        CrashTrigger.Request => _service.Billing.FirstAsync(entry => IsFromServer(entry, name), cancellationToken),
        CrashTrigger.Stall => _service.Billing.FirstAsync(entry => IsFromServer(entry, name) && entry.StalledAt is not null, cancellationToken),
        _ => _service.Billing.FirstAsync(entry => IsFromServer(entry, name) && entry.FullySentAt is not null, cancellationToken),
    };

    private Task FirstByteAsync(CancellationToken cancellationToken)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnBodyBytes = (_, _) => Task.FromResult(arrived.TrySetResult() || true);
        return arrived.Task.WaitAsync(cancellationToken);
    }

    private static bool IsFromServer(BillingEntry entry, string name) => Observations.GetServerName(entry) == name;

    /// <summary>Leaves no more room than planned for what comes.</summary>
    private async Task FillDiskAsync()
    {
        if (_scenario.FreeKilobytes is { } room)
        {
            // The catalog is there by then.
            await _actors[0].TryCallAsync("list_images", []);
            var free = new DriveInfo(_folders.Store).AvailableFreeSpace - (room * 1024L);
            await File.WriteAllBytesAsync(FillerFile, new byte[Math.Max(0, free)], TestContext.Current.CancellationToken);
            Timeline.Add($"{new DriveInfo(_folders.Store).AvailableFreeSpace} bytes are free");
        }
    }

    private async Task ShutDownAllAsync()
    {
        await Task.WhenAll(_actors.Where(actor => !actor.HasExited).Select(actor => actor.ShutDownAsync()));
        if (_disk is not null)
        {
            File.Delete(FillerFile);
        }
    }

    /// <summary>Repair runs beside the answers, and a server that has nothing to do is not kept from ending.</summary>
    private async Task WaitForRecoveryAsync()
    {
        for (var end = ScenarioLog.Now + TestTimeouts.Safety; ScenarioLog.Now < end && CatalogLedger.Read(_folders.Store).Any(row => !row.Ended);)
        {
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
