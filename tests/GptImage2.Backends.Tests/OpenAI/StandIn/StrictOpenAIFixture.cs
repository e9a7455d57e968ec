using GptImage2.Testing.OpenAI;

namespace GptImage2.Backends.Tests.OpenAI.StandIn;

/// <summary>One stand-in for all forms of a class, one after the other.</summary>
public sealed class StrictOpenAIFixture : IAsyncLifetime
{
    private StrictOpenAI? _server;

    public StrictOpenAI Server => _server!;

    public async ValueTask InitializeAsync() => _server = await StrictOpenAI.StartAsync();

    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}
