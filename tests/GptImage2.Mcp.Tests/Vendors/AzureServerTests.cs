using GptImage2.Imaging;
using GptImage2.Testing.Azure;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Vendors;

/// <summary>A client of the whole server, which draws at Azure's strict stand-in.</summary>
public sealed class AzureServerTests : IAsyncLifetime
{
    private StrictAzure _azure = null!;
    private McpHost _server = null!;

    public async ValueTask InitializeAsync()
    {
        _azure = await StrictAzure.StartAsync();
        _azure.Service.DrawImage = static (order, index) => order.Images is [] ? PngEncoder.Gradient(order.Size, index + 1) : EditSimulator.Draw(order, index);
        _server = await McpHost.StartAsync(Settings(_azure), cancellationToken: TestContext.Current.CancellationToken);
        foreach (var seed in (int[])[1, 2])
        {
            _server.PutIntoInbox($"{seed}.png", PngEncoder.Gradient(new Dimensions(1024 + (16 * seed), 768), seed));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _azure.DisposeAsync();
    }

    internal static IEnumerable<(string Variable, string Value)> Settings(StrictAzure azure) =>
    [
        ("AZURE_OPENAI_ENDPOINT", azure.Endpoint.ToString()),
        ("AZURE_OPENAI_DEPLOYMENT", StrictAzure.Deployment),
        ("AZURE_OPENAI_API_KEY", StrictAzure.ApiKey),
        ("AZURE_OPENAI_MODEL", "gpt-image-2"),
    ];

    [Fact]
    public async Task An_image_from_words_comes_with_what_it_cost()
    {
        var made = await MakeAsync("generate_image", """{"prompt": "a fox", "quality": "low"}""");

        var order = _azure.Service.Orders.ShouldHaveSingleItem();
        (order.Prompt, order.Quality, order.Model).ShouldBe(("a fox", "low", "gpt-image-2"));
        CheckCost(made);
    }

    [Fact]
    public async Task Two_references_arrive_in_order_with_their_roles()
    {
        var made = await MakeAsync("edit_with_references", """{"prompt": "Put Image 2 into Image 1.", "quality": "low", "references": [{"image": "1.png", "role": "environment"}, {"image": "2.png", "role": "object"}]}""");

        var order = _azure.Service.Orders.ShouldHaveSingleItem();
        order.Images.Select(image => image.Size.Width).ShouldBe([1040, 1056]);
        order.Prompt.ShouldContain("Image 1 is the environment.");
        order.Prompt.ShouldContain("Image 2 is an object to show.");
        CheckCost(made);
    }

    [Fact]
    public async Task Outside_the_region_no_pixel_changes()
    {
        var made = await MakeAsync("inpaint_region", """{"prompt": "a hat", "quality": "low", "image": "1.png", "region": [{"x": 0.25, "y": 0.25, "width": 0.25, "height": 0.25}]}""");

        _azure.Service.Orders.ShouldHaveSingleItem().Mask.ShouldNotBeNull();
        var (drawn, before) = (Read(made.Json.GetProperty("images")[0].GetProperty("path").GetString()!), Read(Path.Combine(_server.Root, "inbox", "1.png")));
        drawn.Size.ShouldBe(before.Size);
        drawn[5, 5].ToArray().ShouldBe(before[5, 5].ToArray());
        drawn[1030, 760].ToArray().ShouldBe(before[1030, 760].ToArray());
        drawn[390, 290].ToArray().ShouldNotBe(before[390, 290].ToArray());
        CheckCost(made);
    }

    [Theory]
    [InlineData(AzureErrors.FilteredPrompt, "(violence, hate)")]
    [InlineData(AzureErrors.BlockedResult, "had drawn (sexual)")]
    public async Task A_refusal_of_the_filter_names_its_categories(string answer, string told)
    {
        _azure.Service.SelectResponse = _ => new ScriptedResponse { Status = 400, Body = answer };

        var refused = await _server.CallAsync("generate_image", """{"prompt": "a fox"}""");

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain("content_rejected");
        refused.Text.ShouldContain(told);
        _azure.Service.Requests.Count(request => request.Method is "POST").ShouldBe(1);
    }

    [Fact]
    public async Task Only_formats_that_Azure_makes_are_offered()
    {
        var tool = (await _server.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Single(tool => tool.Name is "generate_image");

        tool.JsonSchema.GetProperty("properties").GetProperty("format").GetProperty("enum").EnumerateArray().Select(format => format.GetString()).ShouldBe(["png", "jpeg"]);
    }

    private async Task<CallToolResult> MakeAsync(string tool, string arguments)
    {
        var made = await _server.CallAsync(tool, arguments);
        made.IsError.ShouldNotBe(true, made.Text);
        return made;
    }

    /// <summary>The result names what the service's books say.</summary>
    private void CheckCost(CallToolResult made)
    {
        var billed = _azure.Service.Billing.BilledMicroUsd / 1_000_000m;
        billed.ShouldBeGreaterThan(0);
        made.Json.GetProperty("cost").GetProperty("actual").GetDecimal().ShouldBe(billed, 0.000_001m);
        made.Text.ShouldContain($"Cost: ${billed:0.0000}");
    }

    private static PngPixels Read(string path) => PngFile.Read(File.ReadAllBytes(path)).Decode();
}
