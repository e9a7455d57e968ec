namespace GptImage2.Faults.Scenarios;

/// <summary>Makes scenarios: the same number gives the same scenario.</summary>
internal sealed class ScenarioMaker
{
    private readonly Random _random;
    private readonly int _seed;

    private ScenarioMaker(int seed) => (_random, _seed) = (new Random(seed), seed);

    public static Scenario Make(int seed) => new ScenarioMaker(seed).Make();

    /// <summary>Every tenth has a small disk and every tenth another clock; what can happen to processes is drawn for all of them.</summary>
    private Scenario Make()
    {
        var servers = Chance(30) ? 2 : 1;
        var disk = _seed % 10 == 3;
        var terms = new Terms(Pick(1, 2, 45, 45), Chance(25) ? _random.Next(2, 4) : 20, Pick(0, 1, 3, 6), !Chance(25), Chance(20));
        var dooms = Dooms(servers).ToArray();
        var calls = Calls(servers, dooms, disk, terms).ToArray();
        return new Scenario
        {
            Seed = _seed,
            Servers = servers,
            Terms = calls.Any(call => call.Weather.Kind is WeatherKind.Endless) ? terms with { Timeout = _random.Next(2, 4) } : terms,
            Calls = calls,
            Dooms = dooms,
            Room = disk ? Pick(0, 4, 40, 300, 600, 1500) : null,
            Jump = _seed % 10 == 7 ? TimeSpan.FromMinutes(Pick(-3000, -90, -5, 5, 90, 3000)) : TimeSpan.Zero,
            Next = Chance(30) ? 2 : 1,
            Again = [.. calls.Select(call => call.Number).Distinct().Where(_ => Chance(50))],
        };
    }

    private IEnumerable<Doom> Dooms(int servers)
    {
        for (var server = 0; server < servers; server++)
        {
            if (!Chance(servers is 1 ? 80 : 55))
            {
                continue;
            }

            var ending = Weighted((Ending.Killed, 6), (Ending.Terminated, 2), (Ending.InputClosed, 2), (Ending.OutputClosed, 1));
            var moment = Weighted((Moment.LastByte, 5), (Moment.Standstill, 3), (Moment.Request, 2), (Moment.FirstByteSent, 1), (Moment.Start, 2));
            yield return new Doom(server, ending, moment, moment switch
            {
                // From the last byte to the rename, the record, the finish and the answer.
                Moment.LastByte => Chance(50) ? _random.Next(0, 60) : _random.Next(0, 900),
                Moment.Start => _random.Next(0, 2500),
                Moment.Request => _random.Next(0, 400),
                _ => Chance(50) ? 0 : _random.Next(0, 200),
            });
        }
    }

    private IEnumerable<PlannedCall> Calls(int servers, Doom[] dooms, bool disk, Terms terms)
    {
        var count = disk ? 1 : _random.Next(1, 4);
        for (var number = 0; number < count; number++)
        {
            var kind = Weighted((CallKind.Generate, 4), (CallKind.Three, 2), (CallKind.Resize, 2), (CallKind.Cutout, 1), (CallKind.Edit, 2), (CallKind.Inpaint, 3));
            var server = _random.Next(servers);
            var doom = dooms.FirstOrDefault(doom => doom.Server == server);
            var manner = Weighted((Manner.Waits, 5), (Manner.Cancels, 2), (Manner.CancelsAndAsksAgain, 2), (Manner.AsksTwice, 1));
            var call = new PlannedCall(number, server, number is 0 ? 0 : _random.Next(0, 600), kind, WeatherFor(doom, number, disk), manner, _random.Next(0, 1800), Chance(5));
            yield return call;
            if (servers is 2 && Chance(50))
            {
                yield return call with { Server = 1 - server, At = call.At + (Chance(50) ? 0 : _random.Next(0, 800)), Manner = Manner.Waits, Fresh = false };
            }
        }
    }

    private Weather WeatherFor(Doom? doom, int number, bool disk)
    {
        if (doom is { Moment: Moment.Standstill } && number is 0)
        {
            return new Weather(WeatherKind.Stands, Place());
        }

        if (disk || doom is { Moment: Moment.LastByte } && number is 0)
        {
            return Chance(50) ? new(WeatherKind.Fair) : new(WeatherKind.Slow, Amount: _random.Next(100, 1500));
        }

        return Weighted((WeatherKind.Fair, 3), (WeatherKind.Slow, 4), (WeatherKind.Drip, 2), (WeatherKind.Drops, 3), (WeatherKind.Endless, 2), (WeatherKind.Storm, 2), (WeatherKind.Broken, 1), (WeatherKind.BrokenButBilled, 1)) switch
        {
            WeatherKind.Slow => new(WeatherKind.Slow, Amount: _random.Next(100, 3000)),
            WeatherKind.Drip => new(WeatherKind.Drip, Amount: _random.Next(20, 150)),
            WeatherKind.Drops => new(WeatherKind.Drops, Chance(15) ? 0 : Place()),
            WeatherKind.Endless => new(WeatherKind.Endless, Place()),
            WeatherKind.Storm => new(WeatherKind.Storm, Amount: _random.Next(1, 4)),
            var other => new(other),
        };
    }

    /// <summary>A picture takes about nine thousand bytes of an answer.</summary>
    private long Place() => Weighted((-1L, 2), (_random.Next(1, 200), 1), (_random.Next(200, 12_000), 4), (_random.Next(8_000, 30_000), 2));

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
