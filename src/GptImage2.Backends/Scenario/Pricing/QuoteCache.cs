namespace GptImage2.Backends.Scenario.Pricing;

/// <summary>Prices change seldom, and a plan is often made twice.</summary>
internal sealed class QuoteCache(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (decimal Units, long At)> _quotes = new(StringComparer.Ordinal);

    /// <param name="kind">All that decides the price.</param>
    /// <param name="ask">Asks the service, in creative units.</param>
    public async Task<decimal> GetAsync(string kind, Func<Task<decimal>> ask)
    {
        if (_quotes.TryGetValue(kind, out var quote) && time.GetElapsedTime(quote.At) < Lifetime)
        {
            return quote.Units;
        }

        var units = await ask();
        _quotes[kind] = (units, time.GetTimestamp());
        return units;
    }
}
