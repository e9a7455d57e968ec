using GptImage2.Generation.Errors;
using GptImage2.Generation.Rendering;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Backends.Tests.OpenAI;

/// <summary>What goes wrong while images are on their way to the service, and that it costs nothing.</summary>
public sealed class UploadTests
{
    [Fact]
    public async Task After_a_rate_limit_the_whole_form_is_sent_again()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(ScriptedResponse.RateLimit("20"));

        var render = host.RenderAsync(EditSamples.References(2), inputs: EditSamples.PngInputs(2) with { Mask = EditSamples.FromBytes(EditSamples.Mask) });
        var waits = await host.SkipWaitsAsync(render);
        await render;

        waits.ShouldBe([TimeSpan.FromSeconds(20)]);
        var sent = host.Server.Requests.Select(request => request.Bytes.ToArray()).ToArray();
        sent.Length.ShouldBe(2);
        sent[1].ShouldBe(sent[0]);
        host.Server.Orders.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Cancelling_while_it_is_sent_hangs_up_before_anything_can_be_billed()
    {
        await using var host = await BackendHost.StartAsync();
        using var cancel = new CancellationTokenSource();
        var stalled = Stall(host);

        var render = host.RenderAsync(EditSamples.References(1), inputs: EditSamples.LargeInputs, cancellationToken: cancel.Token);
        await stalled;
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(render);
        host.Sink.Stages.ShouldBe([RenderStage.Sending]);
        host.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_timeout_while_it_is_sent_is_not_billed()
    {
        await using var host = await BackendHost.StartAsync();
        var stalled = Stall(host);

        var render = host.FailAsync(EditSamples.References(1), inputs: EditSamples.LargeInputs);
        await stalled;
        host.Time.Advance(TimeSpan.FromSeconds(601));
        var failure = (await render).Failure;

        (failure.Code, failure.Retry, failure.Billed).ShouldBe((FailureCode.ServiceUnreachable, RetryAdvice.Later, Billing.No));
        failure.Message.ShouldContain("did not arrive complete, so nothing was drawn or billed");
        host.Sink.Stages.ShouldBe([RenderStage.Sending]);
    }

    [Fact]
    public async Task A_connection_that_breaks_while_it_is_sent_is_tried_again()
    {
        await using var host = await BackendHost.StartAsync();
        var tries = 0;
        host.Server.OnBodyBytes = (bytes, _) => Task.FromResult(tries > 0 || bytes < 1_000_000 || tries++ > 0);

        var render = host.FailAsync(EditSamples.References(1), inputs: EditSamples.LargeInputs);
        (await host.SkipWaitsAsync(render)).ShouldHaveSingleItem();

        // What arrives complete the second time is no image, but it arrives.
        (await render).Failure.Argument.ShouldBe("references[0].image");
        host.Server.Requests.ShouldHaveSingleItem();
        host.Sink.Stages.ShouldBe([RenderStage.Sending, RenderStage.Sending, RenderStage.Drawing]);
    }

    [Fact]
    public async Task A_connection_that_always_breaks_while_it_is_sent_is_reported_as_unbilled()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.OnBodyBytes = (_, _) => Task.FromResult(false);

        var render = host.FailAsync(EditSamples.References(1), inputs: EditSamples.LargeInputs);
        var waits = await host.SkipWaitsAsync(render);
        var failure = (await render).Failure;

        (failure.Code, failure.Retry, failure.Billed).ShouldBe((FailureCode.ServiceUnreachable, RetryAdvice.Later, Billing.No));
        failure.Message.ShouldContain("was interrupted or stalled while the request was being sent");
        waits.Count.ShouldBe(2);
        host.Sink.Stages.ShouldAllBe(stage => stage == RenderStage.Sending);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_it_was_sent_may_be_billed()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(ScriptedResponse.Disconnect);

        var failure = (await host.FailAsync(EditSamples.References(1), inputs: EditSamples.PngInputs(1))).Failure;

        (failure.Code, failure.Billed).ShouldBe((FailureCode.AnswerLost, Billing.Unknown));
        host.Server.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_gone_is_named(bool asMask)
    {
        await using var host = await BackendHost.StartAsync();
        var gone = EditSamples.FromBytes(EncodedImage.FromFile(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));
        var inputs = asMask ? EditSamples.PngInputs(1) with { Mask = gone } : EditSamples.Inputs(EditSamples.PngInputs(1).Images[0], gone);

        var failure = (await host.FailAsync(asMask ? EditSamples.Inpaint(mask: "m.png") : EditSamples.References(2), inputs: inputs)).Failure;

        ShouldBeUnreadable(failure, asMask ? "mask" : "references[1].image");
        host.Server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(41_000_000)]
    public async Task A_file_that_changes_its_length_meanwhile_is_not_sent(long length)
    {
        await using var host = await BackendHost.StartAsync();
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.DeleteOnClose);
        file.SetLength(40_000_000);
        host.Server.OnBodyBytes = (bytes, _) =>
        {
            file.SetLength(length);
            return Task.FromResult(true);
        };

        var failure = (await host.FailAsync(EditSamples.Inpaint(), inputs: EditSamples.Inputs(EditSamples.FromBytes(EncodedImage.FromFile(path))))).Failure;

        ShouldBeUnreadable(failure, "image");
        host.Sink.Stages.ShouldBe([RenderStage.Sending]);
        host.Server.Requests.ShouldBeEmpty();
    }

    private static void ShouldBeUnreadable(Failure failure, string argument)
    {
        (failure.Code, failure.Billed, failure.Argument).ShouldBe((FailureCode.StorageFailed, Billing.No, argument));
        failure.Message.ShouldBe(
            $"{argument}: the image file was removed or changed, or could not be read, while it was being sent. The request was not sent completely, so nothing was drawn or billed. Call again with an image that stays where it is.");
    }

    /// <summary>The server takes the first bytes and then no more.</summary>
    private static Task Stall(BackendHost host)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Server.OnBodyBytes = async (_, token) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return false;
        };
        return begun.Task;
    }
}
