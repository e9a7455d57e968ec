using GptImage2.Generation.Errors;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>How images get to Scenario: once each, hidden, in one request or in parts.</summary>
public sealed class UploadTests
{
    private const int MaxInline = 3_500_000;

    [Fact]
    public async Task A_content_is_uploaded_once_however_often_and_by_whomever_it_is_used()
    {
        await using var host = await ScenarioHost.StartAsync();
        var (one, two) = (ScenarioHost.Input(PngEncoder.Gradient(new(64, 48), 1)), ScenarioHost.Input(PngEncoder.Gradient(new(64, 48), 2)));

        await host.RenderAsync(host.Edit(one, two, one));
        await host.RenderAsync(host.Edit(two, one));
        await host.RenderAsync(host.Edit(one), backend: host.CreateBackend());

        host.Server.Of(ScenarioRoute.SmallUpload).Count.ShouldBe(2);
        host.Server.Runs.Select(run => string.Join(' ', run.Order.References.Select(image => image.Id)))
            .ShouldBe(["asset_0001 asset_0002 asset_0001", "asset_0002 asset_0001", "asset_0001"]);
    }

    [Fact]
    public async Task Equal_contents_at_once_are_one_upload()
    {
        await using var host = await ScenarioHost.StartAsync();
        var asked = host.Edit(ScenarioHost.Input(PngEncoder.Gradient(new(64, 48), 1)));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.RenderAsync(asked, new InMemoryRenderSink())));

        host.Server.Of(ScenarioRoute.SmallUpload).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_gone_at_Scenario_is_uploaded_again(bool byTheNextProcess)
    {
        await using var host = await ScenarioHost.StartAsync();
        var asked = host.Edit(1);
        await host.RenderAsync(asked);
        host.Server.RemoveAsset("asset_0001");

        await host.RenderAsync(asked, new InMemoryRenderSink(), byTheNextProcess ? host.CreateBackend() : host.Backend);

        host.Server.Runs[^1].Order.References.Single().Bytes.ShouldBe(host.Server.Assets[0].Bytes);
        host.Uploaded.Ids.Values.ShouldBe([host.Server.Runs[^1].Order.References.Single().Id]);
    }

    [Theory]
    [InlineData(MaxInline, 0)]
    [InlineData(MaxInline + 1, 1)]
    [InlineData(20_000_000, 3)]
    public async Task A_large_file_goes_in_parts_and_arrives_whole(int length, int parts)
    {
        await using var host = await ScenarioHost.StartAsync();
        var bytes = CreatePng(length);

        await host.RenderAsync(host.Edit(ScenarioHost.Input(bytes)));

        var asset = host.Server.Runs.Single().Order.References.Single();
        asset.ShouldSatisfyAllConditions(
            file => file.Bytes.Length.ShouldBe(length),
            file => file.Bytes.AsSpan().SequenceEqual(bytes).ShouldBeTrue(),
            file => file.Parts.ShouldBe(parts),
            file => file.IsHidden.ShouldBeTrue(),
            file => file.Name.ShouldBe($"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}.png"));
        host.Server.Of(ScenarioRoute.Part).Count.ShouldBe(parts);
    }

    [Fact]
    public async Task A_small_file_is_hidden_and_has_no_name_of_the_users()
    {
        await using var host = await ScenarioHost.StartAsync();

        await host.RenderAsync(host.Edit(1));

        var sent = host.Server.Of(ScenarioRoute.SmallUpload).Single().Json;
        sent.GetProperty("hide").GetBoolean().ShouldBeTrue();
        sent.GetProperty("name").GetString()!.ShouldMatch("^[0-9a-f]{16}\\.png$");
        sent.GetProperty("image").GetString()!.ShouldStartWith("data:image/png;base64,");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_part_that_did_not_arrive_is_put_again(bool cut)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Part, cut ? new ScenarioReply { DropBefore = true } : new ScenarioReply { Status = 503, Body = "<Error/>" });

        await host.RenderAsync(host.Edit(ScenarioHost.Input(CreatePng(10_000_000))));

        host.Server.Of(ScenarioRoute.Part).Count.ShouldBe(3);
        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(ScenarioRoute.SmallUpload, 400, FailureCode.InvalidRequest)]
    [InlineData(ScenarioRoute.SmallUpload, 503, FailureCode.ServiceFailed)]
    [InlineData(ScenarioRoute.LargeUpload, 400, FailureCode.InvalidRequest)]
    [InlineData(ScenarioRoute.Part, 403, FailureCode.ServiceFailed)]
    [InlineData(ScenarioRoute.UploadAction, 500, FailureCode.ServiceFailed)]
    public async Task An_image_that_is_not_taken_costs_nothing(ScenarioRoute route, int status, FailureCode code)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.SelectReply = (asked, _) => asked == route ? ScenarioReply.Refuse(status, "No.") : null;

        var failure = await host.FailAsync(host.Edit(ScenarioHost.Input(route is ScenarioRoute.SmallUpload ? PngEncoder.Gradient(new(64, 48), 1) : CreatePng(9_000_000))));

        (failure.Code, failure.Billed, host.Server.Runs.Count).ShouldBe((code, Billing.No, 0));
        failure.Message.ShouldMatch("[Nn]ot billed|Nothing was drawn or billed");
        host.Uploaded.Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_fails_to_be_imported_is_told_with_the_services_words()
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.SelectReply = (route, _) => route is ScenarioRoute.Upload
            ? new ScenarioReply { Change = answer => (answer["upload"]!["status"], answer["upload"]!["errorMessage"]) = ("failed", "The file is corrupt") }
            : null;

        var failure = await host.FailAsync(host.Edit(ScenarioHost.Input(CreatePng(4_000_000))));

        (failure.Code, failure.Billed).ShouldBe((FailureCode.ServiceFailed, Billing.No));
        failure.Message.ShouldContain(": The file is corrupt.");
    }

    /// <summary>A file of exactly so many bytes: noise, and a chunk that nobody reads.</summary>
    private static byte[] CreatePng(int length)
    {
        const int ChunkOverhead = 12;
        var noise = NoisePng.Create(new Dimensions(1000, 1000), 1);
        var file = new MemoryStream();
        file.Write(noise.AsSpan(0, 33));
        PngChunk.Write(file, "juNk"u8, new byte[length - noise.Length - ChunkOverhead]);
        file.Write(noise.AsSpan(33));
        return file.ToArray();
    }
}
