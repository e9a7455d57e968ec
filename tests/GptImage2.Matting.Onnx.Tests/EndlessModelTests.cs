using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Matting.Models;
using Microsoft.Extensions.Time.Testing;

namespace GptImage2.Matting.Onnx.Tests;

/// <summary>A graph that never ends by itself on a bright image: what ends, was ended.</summary>
public sealed class EndlessModelTests : IDisposable
{
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(200);

    private readonly ModelFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly OnnxMatteModel _model;

    public EndlessModelTests() => _model = new OnnxMatteModel(
        _folder.Plain(new TinyGraph().Input("input", 1, 1, 3, 0, 0).Output("matte", 1, 1, 0, 0).LoopWhileAbove(0.5f, "input", "looped").Mix("looped", "matte", 1, 0, 0)) with { Size = 32 },
        _clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task On_a_dark_image_it_answers() =>
        (await _model.PredictAsync(ModelFolder.OneColour(60, 0, 0), Cancellation)).Alpha[0].ShouldBe((byte)60);

    [Fact]
    public async Task The_jobs_token_ends_it_in_the_middle()
    {
        using var job = new CancellationTokenSource();
        var endless = _model.PredictAsync(ModelFolder.OneColour(250, 0, 0), job.Token);
        await WorkAsync();

        await job.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(endless);
        (await _model.PredictAsync(ModelFolder.OneColour(60, 0, 0), Cancellation)).Alpha[0].ShouldBe((byte)60);
    }

    [Fact]
    public async Task So_does_the_time_limit_with_words()
    {
        var endless = _model.PredictAsync(ModelFolder.OneColour(250, 0, 0), Cancellation);
        await WorkAsync();

        _clock.Advance(TimeSpan.FromMinutes(10));

        (await Should.ThrowAsync<MatteModelException>(endless)).Message.ShouldStartWith("GPTIMAGE2_MATTING__MODEL (tiny.onnx): expected an answer within 10 minutes but received none.");
    }

    /// <summary>Before anything is computed: the limit counts from the start, and a model that takes it all to load is told of in the same words.</summary>
    [Fact]
    public async Task So_does_a_time_limit_that_is_over_at_once()
    {
        using var model = new OnnxMatteModel(_folder.Plain(TinyGraph.Mixing(1, 0, 0, 0, 4, 4)) with { TimeLimit = TimeSpan.Zero }, TimeProvider.System);

        (await Should.ThrowAsync<MatteModelException>(() => model.PredictAsync(ModelFolder.OneColour(60, 0, 0), Cancellation))).Message.ShouldContain("expected an answer within 0 minutes but received none");
    }

    /// <summary>The second image is not there yet: whoever looked at it now would fail.</summary>
    [Fact]
    public async Task One_image_is_looked_at_at_a_time()
    {
        using var job = new CancellationTokenSource();
        var later = Path.Combine(_folder.Path, "later.png");
        var endless = _model.PredictAsync(ModelFolder.OneColour(250, 0, 0), job.Token);
        var second = _model.PredictAsync(EncodedImage.FromFile(later), Cancellation);
        await WorkAsync();

        second.IsCompleted.ShouldBeFalse();
        await using (var file = File.Create(later))
        {
            await ModelFolder.OneColour(60, 0, 0).OpenRead().CopyToAsync(file, Cancellation);
        }

        await job.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(endless);
        (await second).Alpha[0].ShouldBe((byte)60);
    }

    [Fact]
    public async Task Who_waits_for_a_turn_can_give_up()
    {
        using var job = new CancellationTokenSource();
        using var waiting = new CancellationTokenSource();
        var endless = _model.PredictAsync(ModelFolder.OneColour(250, 0, 0), job.Token);
        var second = _model.PredictAsync(ModelFolder.OneColour(60, 0, 0), waiting.Token);

        await waiting.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(second);
        await job.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(endless);
    }

    /// <summary>Until this process has computed for a while, which nothing but the graph does here. Were it not there yet, the test would prove less, and not fail.</summary>
    private static async Task WorkAsync()
    {
        var before = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - before < Work)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }
}
