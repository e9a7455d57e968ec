using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.Scenario;
using GptImage2.Testing.Scenario.Jobs;

namespace GptImage2.Backends.Tests.Scenario.StandIn;

/// <summary>The stand-in refuses what Scenario refuses.</summary>
public sealed class StrictScenarioTests
{
    private const string Run = "generate/custom/model_openai-gpt-image-2";

    [Theory]
    [InlineData("""{"width":1024}""", "Input prompt is required")]
    [InlineData("""{"prompt":""}""", "Input prompt is required")]
    [InlineData("""{"prompt":"x","seed":1}""", "Unknown input seed")]
    [InlineData("""{"prompt":"x","width":1000}""", "Invalid value for input width")]
    [InlineData("""{"prompt":"x","height":3856}""", "Invalid value for input height")]
    [InlineData("""{"prompt":"x","numOutputs":11}""", "Invalid value for input numOutputs")]
    [InlineData("""{"prompt":"x","quality":"max"}""", "Invalid value for input quality")]
    [InlineData("""{"prompt":"x","mask":"asset_0001"}""", "Input referenceImages is required when mask is set")]
    [InlineData("""{"prompt":"x","mask":"asset_0001","referenceImages":[]}""", "Input referenceImages is required when mask is set")]
    [InlineData("""{"prompt":"x","referenceImages":["1","2","3","4","5","6","7","8","9","10","11"]}""", "Invalid value for input referenceImages")]
    [InlineData("""{"prompt":"x","referenceImages":["asset_9999"]}""", "Asset asset_9999 not found")]
    [InlineData("""[]""", "Body must be an object")]
    [InlineData("""{"prompt":""", "Body is not valid JSON")]
    public async Task A_run_that_does_not_fit_the_schema_is_refused_dry_or_not(string body, string reason)
    {
        await using var server = await StrictScenario.StartAsync();
        using var client = CreateClient(server);

        foreach (var query in (string[])["", "?dryRun=true"])
        {
            using var response = await PostAsync(client, Run + query, body);
            ((int)response.StatusCode).ShouldBeInRange(400, 404);
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(reason);
        }

        server.Runs.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bare_string_in_place_of_a_list_is_dropped_without_a_word()
    {
        await using var server = await StrictScenario.StartAsync();
        using var client = CreateClient(server);

        (await PostAsync(client, Run, """{"prompt":"x","referenceImages":"asset_0001"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        server.Runs.Single().Order.References.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dry_run_names_a_price_with_a_status_of_its_own_and_starts_nothing()
    {
        await using var server = await StrictScenario.StartAsync();
        using var client = CreateClient(server);

        using var response = await PostAsync(client, $"{Run}?dryRun=true", """{"prompt":"x","quality":"low","numOutputs":2}""");

        ((int)response.StatusCode).ShouldBe(269);
        (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("creativeUnitsCost").GetDecimal().ShouldBe(4);
        (server.Runs.Count, server.Charged).ShouldBe((0, 0m));
    }

    [Theory]
    [InlineData("Basic", "d3Jvbmc6d3Jvbmc=", 401, null)]
    [InlineData("Bearer", "expired", 403, "AccessDeniedException")]
    [InlineData(null, null, 401, null)]
    public async Task Others_are_refused(string? scheme, string? value, int status, string? type)
    {
        await using var server = await StrictScenario.StartAsync();
        using var client = CreateClient(server);
        client.DefaultRequestHeaders.Authorization = scheme is null ? null : new AuthenticationHeaderValue(scheme, value);

        using var response = await client.GetAsync("jobs", TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.TryGetValues("x-amzn-errortype", out var types).ShouldBe(type is not null);
        types?.Single().ShouldBe(type);
    }

    [Fact]
    public async Task More_than_a_hundred_requests_a_minute_are_refused_with_the_time_that_is_left()
    {
        await using var server = await StrictScenario.StartAsync();
        using var client = CreateClient(server);
        for (var number = 1; number <= 100; number++)
        {
            (await client.GetAsync("jobs", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var refused = await client.GetAsync("jobs", TestContext.Current.CancellationToken);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await refused.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("remainingSeconds").GetInt32().ShouldBeInRange(1, 60);
        server.RefusedAsTooFast.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_goes_its_way_and_cannot_be_cancelled()
    {
        await using var server = await StrictScenario.StartAsync();
        using var client = CreateClient(server);
        server.Plan(new JobScript { End = "failure", Error = "Broken" });
        await PostAsync(client, Run, """{"prompt":"x"}""");

        List<string> statuses = [];
        while (statuses is not [.., "failure"])
        {
            statuses.Add((await client.GetFromJsonAsync<JsonElement>("jobs/job_0001", TestContext.Current.CancellationToken)).GetProperty("job").GetProperty("status").GetString()!);
        }

        statuses.ShouldBe(["queued", "warming-up", "in-progress", "finalizing", "failure"]);
        (server.Charged, server.Refunded).ShouldBe((12m, 12m));
        using var cancel = await PostAsync(client, "jobs/job_0001/action", """{"action":"cancel"}""");
        cancel.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Parts_that_are_too_small_make_no_file()
    {
        await using var server = await StrictScenario.StartAsync();
        using var client = CreateClient(server);
        using var response = await PostAsync(client, "uploads", """{"fileName":"a.png","fileSize":2,"contentType":"image/png","kind":"image","parts":2}""");
        var parts = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("upload").GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("url").GetString()!).ToArray();

        (await client.PutAsync(parts[0], new ByteArrayContent([1]), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "a signed address takes no further credentials");
        client.DefaultRequestHeaders.Authorization = null;
        foreach (var part in parts)
        {
            (await client.PutAsync(part, new ByteArrayContent([1]), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var again = CreateClient(server);
        await PostAsync(again, "uploads/upload_1/action", """{"action":"complete"}""");
        var upload = (await again.GetFromJsonAsync<JsonElement>("uploads/upload_1", TestContext.Current.CancellationToken)).GetProperty("upload");
        (upload.GetProperty("status").GetString(), upload.GetProperty("errorMessage").GetString()).ShouldBe(("failed", "A part is too small"));
    }

    [Fact]
    public async Task An_edit_changes_the_first_image_where_the_mask_is_clear()
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.DrawImage = ScenarioEdits.Draw;
        var asked = Contract.ContractRequest.Inpaint(host.Profile);

        await host.RenderAsync(asked);

        var drawn = PngFile.Read(host.Sink.Images.Single()).Decode();
        var original = PngFile.Read(PngEncoder.Gradient(new(64, 48), 1)).Decode();
        drawn[0, 0][0].ShouldBe(EditSimulator.ShiftSample(original[0, 0][0], inside: true));
        drawn[400, 400][0].ShouldBe(EditSimulator.ShiftSample(original[31, 23][0], inside: false));
    }

    private static HttpClient CreateClient(StrictScenario server)
    {
        var client = new HttpClient { BaseAddress = new Uri(server.BaseUrl + "/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{server.Account.Key}:{server.Account.KeySecret}")));
        return client;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body) =>
        client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
}
