namespace GptImage2.Faults.Scenarios.Simulation;

/// <summary>Makes scenarios: the same number gives the same scenario.</summary>
internal sealed class ScenarioGenerator
{
    private readonly Random _random;
    private readonly int _seed;

    private ScenarioGenerator(int seed) => (_random, _seed) = (new Random(seed), seed);

    public static Scenario Generate(int seed) => new ScenarioGenerator(seed).Generate();

    /// <summary>Every tenth has a small disk and every tenth another clock; what can happen to processes is drawn for all of them.</summary>
    private Scenario Generate()
    {
        var servers = Chance(30) ? 2 : 1;
        var disk = _seed % 10 == 3;
        var terms = new ScenarioSettings(Pick(1, 2, 45, 45), Chance(25) ? _random.Next(2, 4) : 20, Pick(0, 1, 3, 6), !Chance(25), Chance(20));
        var dooms = GenerateCrashes(servers).ToArray();
        var calls = GenerateCalls(servers, dooms, disk, terms).ToArray();
        return new Scenario
        {
            Seed = _seed,
            Servers = servers,
            Settings = calls.Any(call => call.Fault.Kind is FaultKind.StallUntilTimeout) ? terms with { Timeout = _random.Next(2, 4) } : terms,
            Calls = calls,
            Crashes = dooms,
            FreeKilobytes = disk ? Pick(0, 4, 40, 300, 600, 1500) : null,
            ClockJump = _seed % 10 == 7 ? TimeSpan.FromMinutes(Pick(-3000, -90, -5, 5, 90, 3000)) : TimeSpan.Zero,
            ServersAfterRestart = Chance(30) ? 2 : 1,
            RepeatedCalls = [.. calls.Select(call => call.Number).Distinct().Where(_ => Chance(50))],
        };
    }

    private IEnumerable<Crash> GenerateCrashes(int servers)
    {
        for (var server = 0; server < servers; server++)
        {
            if (!Chance(servers is 1 ? 80 : 55))
            {
                continue;
            }

            var ending = Weighted((CrashKind.Killed, 6), (CrashKind.Terminated, 2), (CrashKind.InputClosed, 2), (CrashKind.OutputClosed, 1));
            var moment = Weighted((CrashTrigger.LastByte, 5), (CrashTrigger.Stall, 3), (CrashTrigger.Request, 2), (CrashTrigger.FirstByteSent, 1), (CrashTrigger.Start, 2));
            yield return new Crash(server, ending, moment, moment switch
            {
                // From the last byte to the rename, the record, the finish and the answer.
                CrashTrigger.LastByte => Chance(50) ? _random.Next(0, 60) : _random.Next(0, 900),
                CrashTrigger.Start => _random.Next(0, 2500),
                CrashTrigger.Request => _random.Next(0, 400),
                _ => Chance(50) ? 0 : _random.Next(0, 200),
            });
        }
    }

    private IEnumerable<PlannedCall> GenerateCalls(int servers, Crash[] dooms, bool disk, ScenarioSettings terms)
    {
        var count = disk ? 1 : _random.Next(1, 4);
        for (var number = 0; number < count; number++)
        {
            var kind = Weighted((CallKind.Generate, 4), (CallKind.Three, 2), (CallKind.Resize, 2), (CallKind.Cutout, 1), (CallKind.Edit, 2), (CallKind.Inpaint, 3));
            var server = _random.Next(servers);
            var doom = dooms.FirstOrDefault(doom => doom.Server == server);
            var manner = Weighted((ClientBehaviour.Waits, 5), (ClientBehaviour.Cancels, 2), (ClientBehaviour.CancelsAndAsksAgain, 2), (ClientBehaviour.AsksTwice, 1));
            var call = new PlannedCall(number, server, number is 0 ? 0 : _random.Next(0, 600), kind, GenerateFault(doom, number, disk), manner, _random.Next(0, 1800), Chance(5));
            yield return call;
            if (servers is 2 && Chance(50))
            {
                yield return call with { Server = 1 - server, At = call.At + (Chance(50) ? 0 : _random.Next(0, 800)), Behaviour = ClientBehaviour.Waits, Fresh = false };
            }
        }
    }

    private FaultPlan GenerateFault(Crash? doom, int number, bool disk)
    {
        if (doom is { Trigger: CrashTrigger.Stall } && number is 0)
        {
            return new FaultPlan(FaultKind.Stall, GenerateOffset());
        }

        if (disk || doom is { Trigger: CrashTrigger.LastByte } && number is 0)
        {
            return Chance(50) ? new(FaultKind.None) : new(FaultKind.Slow, Amount: _random.Next(100, 1500));
        }

        return Weighted((FaultKind.None, 3), (FaultKind.Slow, 4), (FaultKind.SlowBody, 2), (FaultKind.Disconnect, 3), (FaultKind.StallUntilTimeout, 2), (FaultKind.RateLimited, 2), (FaultKind.ServerError, 1), (FaultKind.BilledServerError, 1)) switch
        {
            FaultKind.Slow => new(FaultKind.Slow, Amount: _random.Next(100, 3000)),
            FaultKind.SlowBody => new(FaultKind.SlowBody, Amount: _random.Next(20, 150)),
            FaultKind.Disconnect => new(FaultKind.Disconnect, Chance(15) ? 0 : GenerateOffset()),
            FaultKind.StallUntilTimeout => new(FaultKind.StallUntilTimeout, GenerateOffset()),
            FaultKind.RateLimited => new(FaultKind.RateLimited, Amount: _random.Next(1, 4)),
            var other => new(other),
        };
    }

    /// <summary>An image takes about nine thousand bytes of an answer.</summary>
    private long GenerateOffset() => Weighted((-1L, 2), (_random.Next(1, 200), 1), (_random.Next(200, 12_000), 4), (_random.Next(8_000, 30_000), 2));

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    private T Weighted<T>(params ReadOnlySpan<(T Choice, int Weight)> choices)
    {
        var sum = 0;
        foreach (var (_, weight) in choices)
        {
            sum += weight;
        }

        var drawn = _random.Next(sum);
        foreach (var (choice, weight) in choices)
        {
            if ((drawn -= weight) < 0)
            {
                return choice;
            }
        }

        throw new InvalidOperationException("The weights do not add up.");
    }
}
