using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Tests.Tools.Arguments.Generators;
using GptImage2.Mcp.Tools;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.Seeds;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

/// <summary>
/// What the advertised schema and the rules across arguments admit is what the vendor draws, for any request. The
/// vendor's side is its stand-in, which shares no rule with the server.
/// </summary>
public sealed class ValidatorServiceAgreementTests(ITestOutputHelper output)
{
    private const int Seed = 655_360;
    private const int FewestRequests = 200;

    private static readonly Dictionary<string, string> WireNames = new() { ["count"] = "n", ["format"] = "output_format", ["compression"] = "output_compression" };

    [Theory]
    [InlineData("gpt-image-2", 2_500)]
    [InlineData("gpt-image-2-2026-04-21", 200)]
    [InlineData("gpt-image-2.5-flare", 2_500)]
    [InlineData("gpt-image-2.5-sunburst-2026-09-08", 200)]
    public async Task What_is_admitted_is_what_the_vendor_draws(string model, int all)
    {
        var requests = Math.Max(FewestRequests, GeneratedCases.Count(all));
        output.WriteLine($"Seed {Seed}");
        await using var server = await McpHost.StartAsync([("GPTIMAGE2_MODEL", model)], cancellationToken: TestContext.Current.CancellationToken);
        var generate = server.Services.GetServices<ITool>().OfType<GenerateImageTool>().Single();
        var schema = generate.GetDefinition().InputSchema;

        var admitted = 0;
        foreach (var request in RequestGenerator.Generate(new Random(Seed), requests))
        {
            var ours = JsonSchemaSubset.IsValid(schema, request) && Sense(request);
            ours.ShouldBe(Draws(model, request), request.GetRawText());
            admitted += ours ? 1 : 0;
        }

        // Neither side may be right by refusing, or drawing, everything.
        admitted.ShouldBeInRange(requests / 5, requests * 4 / 5);

        bool Sense(JsonElement request)
        {
            var shape = new ArgumentValidationResult(Encoding.UTF8.GetBytes(request.GetRawText()), new HashSet<string>(), []);
            return generate.Bind(CallerSession.Local, shape).Violations is [];
        }
    }

    private static bool Draws(string model, JsonElement request)
    {
        var body = new JsonObject { ["model"] = model };
        foreach (var argument in request.EnumerateObject().Where(argument => argument.Name is not ("width" or "height")))
        {
            body[WireNames.GetValueOrDefault(argument.Name, argument.Name)] = JsonNode.Parse(argument.Value.GetRawText());
        }

        if (request.TryGetProperty("width", out var width))
        {
            body["size"] = string.Create(CultureInfo.InvariantCulture, $"{width.GetInt32()}x{request.GetProperty("height").GetInt32()}");
        }

        try
        {
            GenerationRequestParser.ParseOrder(body.ToElement().GetRawText());
            return true;
        }
        catch (ApiErrorException)
        {
            return false;
        }
    }
}
