using System.Globalization;
using GptImage2.Testing.Files;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;

namespace GptImage2.Faults.Scenarios;

/// <summary>Plays a scenario with real processes, a real store and real HTTP, and then looks at what is left.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>Enough for a catalog and a few pictures.</summary>
    private const int DiskKilobytes = 8_000;
    private const int Looks = 40;

    /// <summary>For a moment that may not come, because the service refuses or another server is faster.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly PrivateFolders _folders = new();
    private readonly List<Actor> _actors = [];
    private readonly Scenario _scenario;
    private readonly StrictOpenAI _service;
    private readonly Conversation _conversation;
    private readonly Disk? _disk;

    private Stage(Scenario scenario, StrictOpenAI service)
    {
        (_scenario, _service) = (scenario, service);
        _conversation = new Conversation(scenario, _folders, Timeline);
        _disk = scenario.Room is null ? null : Disk.TryMount(_folders.Store, DiskKilobytes);
        var sky = new Sky(scenario);
        (service.Planned, service.Picture) = (sky.Answer, sky.Draw);
    }

    public Timeline Timeline { get; } = new();

    /// <summary>Why this cannot be played on this machine, or null.</summary>
    public string? Obstacle => _scenario.Room is not null && _disk is null ? "Nothing can be mounted here."
        : _scenario.Jump != TimeSpan.Zero && !OtherClock.IsThere ? "libfaketime is not installed here."
        : null;

    private string Filler => Path.Combine(_folders.Store, "filler");

    public static async Task<Stage> SetAsync(Scenario scenario) => new(scenario, await StrictOpenAI.StartAsync());

    public async Task PlayAsync()
    {
        _conversation.DrawInputs();
        await StartAsync(_scenario.Servers, _scenario.Terms, TimeSpan.Zero);
        await FillAsync();
        await Task.WhenAll([
            .. _scenario.Calls.Select(call => _conversation.PlayAsync(call, _actors[call.Server])),
            .. _scenario.Dooms.Select(doom => DoomAsync(doom, _actors[doom.Server])),
        ]);
        await LeaveAsync();

        var first = await StartAsync(_scenario.Next, new Terms(20, 20, 3, Stream: true, Abort: false), _scenario.Jump);
        await Task.WhenAll(first.SelectMany(actor => Again(actor)));
        var evidence = new Evidence(_scenario, _service.Books, _conversation, _actors);
        await new PictureCheck(_scenario, _service.Books, evidence, _folders, Timeline).CheckAsync(first[0]);
        await SettledAsync();
        var spending = await SpendingCheck.ReadAsync(first[^1]);
        await LeaveAsync();
        new SpendingCheck(_scenario, _service.Books, evidence, _actors, Timeline).Check(Ledger.Read(_folders.Store), spending);
        new RequestCheck(_scenario, _service.Books, _conversation, evidence, Timeline).Check();
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

    private IEnumerable<Task> Again(Actor actor) => _scenario.Again.Select(number =>
        _conversation.AskAsync(_scenario.Calls.First(call => call.Number == number), actor, fresh: false));

    private async Task<Actor[]> StartAsync(int count, Terms terms, TimeSpan jump)
    {
        var actors = Enumerable.Range(_actors.Count, count).Select(number => Start(number, terms, jump)).ToArray();
        _actors.AddRange(actors);
        await Task.WhenAll(actors.Select(actor => actor.Server.GreetAsync()));
        return actors;
    }

    private Actor Start(int number, Terms terms, TimeSpan jump)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"server_{number}");
        (string, string)[] settings =
        [
            .. Settings.For(_service),
            .. jump == TimeSpan.Zero ? [] : OtherClock.Settings(jump),
            ("OPENAI_PROJECT_ID", name),
            ("GPTIMAGE2_JOBS__WAITSECONDS", Number(terms.Wait)),
            ("GPTIMAGE2_JOBS__DRAINSECONDS", Number(terms.Drain)),
            ("GPTIMAGE2_JOBS__ONCANCEL", terms.Abort ? "abort" : "finish"),
            ("GPTIMAGE2_OPENAI__TIMEOUTSECONDS", Number(terms.Timeout)),
            ("GPTIMAGE2_OPENAI__STREAM", terms.Stream ? "true" : "false"),
        ];
        return new Actor(name, ServerProcess.Start(_folders, settings), TimeSpan.FromSeconds(terms.Drain), Timeline);
    }

    private async Task DoomAsync(Doom doom, Actor actor)
    {
        using var late = new CancellationTokenSource(MostPatience);
        try
        {
            await ReachedAsync(doom.Moment, actor.Name, late.Token);
        }
        catch (OperationCanceledException)
        {
            Timeline.Note($"{actor.Name}: {doom.Moment} does not come");
        }

        await Task.Delay(TimeSpan.FromMilliseconds(doom.Delay), TimeProvider.System, TestContext.Current.CancellationToken);
        await actor.EndAsync(doom.Ending);
    }

    private Task ReachedAsync(Moment moment, string name, CancellationToken cancellationToken) => moment switch
    {
        Moment.Start => Task.CompletedTask,
        Moment.FirstByteSent => FirstByteAsync(cancellationToken),
        Moment.Request => _service.Books.FirstAsync(entry => Ours(entry, name), cancellationToken),
        Moment.Standstill => _service.Books.FirstAsync(entry => Ours(entry, name) && entry.Stalled is not null, cancellationToken),
        _ => _service.Books.FirstAsync(entry => Ours(entry, name) && entry.Whole is not null, cancellationToken),
    };

    private Task FirstByteAsync(CancellationToken cancellationToken)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.Arriving = (_, _) => Task.FromResult(arrived.TrySetResult() || true);
        return arrived.Task.WaitAsync(cancellationToken);
    }

    private static bool Ours(BookEntry entry, string name) => Evidence.ServerOf(entry) == name;

    /// <summary>Leaves no more room than planned for what comes.</summary>
    private async Task FillAsync()
    {
        if (_scenario.Room is { } room)
        {
            // The catalog is there by then.
            await _actors[0].TryCallAsync("list_images", []);
            var free = new DriveInfo(_folders.Store).AvailableFreeSpace - (room * 1024L);
            await File.WriteAllBytesAsync(Filler, new byte[Math.Max(0, free)], TestContext.Current.CancellationToken);
            Timeline.Note($"{new DriveInfo(_folders.Store).AvailableFreeSpace} bytes are free");
        }
    }

    private async Task LeaveAsync()
    {
        await Task.WhenAll(_actors.Where(actor => !actor.Gone).Select(actor => actor.LeaveAsync()));
        if (_disk is not null)
        {
            File.Delete(Filler);
        }
    }

    /// <summary>Repair runs beside the answers, and a server that has nothing to do is not kept from ending.</summary>
    private async Task SettledAsync()
    {
        for (var look = 0; look < Looks && Ledger.Read(_folders.Store).Any(row => !row.Ended); look++)
        {
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
