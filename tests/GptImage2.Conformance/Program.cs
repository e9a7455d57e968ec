using GptImage2.Conformance;
using GptImage2.Conformance.Fixtures;
using GptImage2.Generation.Rendering;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

// The server's whole HTTP host, with the tools, prompts and resources that the official conformance suite asks for.
// Arguments: the address to listen on, and an empty folder for the store.
var settings = ServerConfiguration.Load(
    new Dictionary<string, string> { ["GPTIMAGE2_HTTP__URLS"] = args[0], ["GPTIMAGE2_STORAGE__ROOT"] = args[1], ["GPTIMAGE2_BACKEND"] = "sketch" }, [], TimeProvider.System);
await using var application = HttpHost.Build(settings, services =>
{
    services.AddLogging().AddSingleton<FixtureBackend>().AddSingleton<IReadOnlyList<IImageBackend>>(provider => [provider.GetRequiredService<FixtureBackend>()]).AddSingleton<IOptions<McpServerOptions>, FixtureDefinition>();
    services.AddMcpServer()
        .WithTools<ContentTools>().WithTools<MessageTools>().WithTools<ElicitationTools>().WithTools<InputTools>().WithTools<InputStateTools>().WithTools<TaskTools>()
        .WithTools([SchemaTool.Create()])
        .WithPrompts<FixturePrompts>()
        .WithResources<FixtureResources>();
});
await application.StartAsync();
await Console.Error.WriteLineAsync($"serves MCP at {application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/mcp");
await application.WaitForShutdownAsync();
