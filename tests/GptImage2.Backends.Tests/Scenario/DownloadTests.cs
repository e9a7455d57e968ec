using GptImage2.Generation.Errors;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.Rendering;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>Images come back byte for byte as the model made them, whatever becomes of links and connections.</summary>
public sealed class DownloadTests
{
    [Fact]
    public async Task The_original_is_fetched_and_not_the_version_for_display()
    {
        await using var host = await ScenarioHost.StartAsync();
        var noise = NoisePng.Create(new Dimensions(1500, 1500), 7);
        host.Server.DrawImage = (_, _) => noise;

        await host.RenderAsync(host.Generate());

        host.Sink.Images.Single().AsSpan().SequenceEqual(noise).ShouldBeTrue();
        host.Server.Of(ScenarioRoute.Asset).ShouldAllBe(request => request.Path.EndsWith("?originalAssets=true", StringComparison.Ordinal));
        host.Server.Of(ScenarioRoute.Download).ShouldAllBe(request => !request.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task An_expired_link_is_asked_for_again()
    {
        await using var host = await ScenarioHost.StartAsync();
        var expired = 0;
        host.Server.SelectReply = (route, _) =>
        {
            if (route is ScenarioRoute.Download && Interlocked.Increment(ref expired) <= 2)
            {
                host.Server.ExpireLinks();
            }

            return null;
        };

        await host.RenderAsync(host.Generate(count: 2));

        host.Sink.Images.Count.ShouldBe(2);
        host.Server.Of(ScenarioRoute.Asset).Count.ShouldBe(4);
        host.Sink.Abandoned.ShouldBe(0);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task A_cut_download_starts_anew(double at)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Download, new ScenarioReply { CutAt = at });

        await host.RenderAsync(host.Generate());

        host.Sink.Images.ShouldBe([host.Server.Runs.Single().Assets.Single().Bytes]);
        (host.Sink.Abandoned, host.Server.Of(ScenarioRoute.Download).Count).ShouldBe((1, 2));
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("error")]
    public async Task An_image_that_is_not_ready_is_waited_for(string status)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.Enqueue(ScenarioRoute.Asset, new ScenarioReply { Change = answer => (answer["asset"]!["status"], answer["asset"]!["url"]) = (status, null) });

        await host.RenderAsync(host.Generate());

        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(ScenarioRoute.Asset, 404)]
    [InlineData(ScenarioRoute.Asset, 500)]
    [InlineData(ScenarioRoute.Download, 403)]
    [InlineData(ScenarioRoute.Download, 302)]
    public async Task What_cannot_be_fetched_is_billed_and_stays_in_the_project(ScenarioRoute route, int status)
    {
        await using var host = await ScenarioHost.StartAsync();
        host.Server.SelectReply = (asked, request) => asked == route && request.Path.Contains("asset_0002", StringComparison.Ordinal) ? ScenarioReply.Refuse(status, "No") : null;

        var failure = await host.FailAsync(host.Generate(count: 2));

        (failure.Code, failure.Billed, failure.RequestId).ShouldBe((FailureCode.AnswerLost, Billing.Yes, "job_0001"));
        failure.Message.ShouldContain("The image asset_0002 was drawn and billed");
        failure.Message.ShouldNotContain("Not billed");
        host.Sink.Images.ShouldHaveSingleItem();
        host.Server.Of(ScenarioRoute.Run).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_cannot_be_stored_here_was_drawn_and_billed()
    {
        var full = new InMemoryRenderSink { Completing = _ => throw new ImageException(new Failure { Code = FailureCode.StorageFailed, Message = "The disk is full." }) };
        await using var host = await ScenarioHost.StartAsync(sink: full);

        var failure = await host.FailAsync();

        (failure.Code, failure.Billed, failure.RequestId).ShouldBe((FailureCode.StorageFailed, Billing.Yes, "job_0001"));
        host.Server.Of(ScenarioRoute.Download).ShouldHaveSingleItem();
    }
}
