using System.Threading.Channels;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Testing.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Http;

/// <summary>One principal's storyboard and another's single image.</summary>
public sealed class FairShareTests
{
    private const int Frames = 12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_for_one_image_waits_for_those_that_are_being_drawn_and_for_no_others()
    {
        var backend = new SteppedBackend();
        await using var http = await RawHttp.StartAsync(services: services => services.AddBackend(backend));
        var jobs = http.Server.Services.GetRequiredService<JobQueries>();
        var storyboard = Enumerable.Range(1, Frames).Select(frame => DrawAsync(http, $"frame {frame}", "anna")).ToArray();
        var drawing = await backend.BeginAsync(new JobOptions().Concurrency);
        await UntilQueuedAsync(jobs, "anna", Frames - drawing.Count);
        var single = DrawAsync(http, "one cat", "ben");
        await UntilQueuedAsync(jobs, "ben", 1);

        backend.Finish();
        var next = await backend.BeginAsync(1);

        drawing.ShouldAllBe(prompt => prompt.StartsWith("frame", StringComparison.Ordinal));
        next.ShouldBe(["one cat"]);
        backend.FinishAll();
        (await single).ShouldContain("image://img_");
        (await Task.WhenAll(storyboard)).ShouldAllBe(answer => answer.Contains("image://img_"));
    }

    private static async Task<string> DrawAsync(RawHttp http, string prompt, string principal)
    {
        using var response = await http.SendAsync(http.Draw(prompt, principal));
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private static async Task UntilQueuedAsync(JobQueries jobs, string principal, int count)
    {
        while ((await jobs.ListAsync(new Caller($"token:{principal}", LocalPathsAllowed: false), Frames, Cancellation)).Count(job => job.QueuePosition is not null) < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>Draws one image after the other, each when the test says so.</summary>
    private sealed class SteppedBackend : IImageBackend, IDisposable
    {
        private readonly ScriptedBackend _drawing = new();
        private readonly Channel<string> _begun = Channel.CreateUnbounded<string>();
        private readonly SemaphoreSlim _steps = new(0);

        public string Name => _drawing.Name;

        public ModelProfile Profile => _drawing.Profile;

        public string? Notice => null;

        public Task<string> CheckAsync(CancellationToken cancellationToken) => _drawing.CheckAsync(cancellationToken);

        public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
        {
            _begun.Writer.TryWrite(validated.Request.Prompt);
            await _steps.WaitAsync(cancellationToken);
            return await _drawing.RenderAsync(validated, inputs, sink, cancellationToken);
        }

        /// <returns>The prompts of the next images that are begun.</returns>
        public async Task<IReadOnlyList<string>> BeginAsync(int count)
        {
            var prompts = new List<string>();
            while (prompts.Count < count)
            {
                prompts.Add(await _begun.Reader.ReadAsync(Cancellation));
            }

            return prompts;
        }

        public void Finish() => _steps.Release();

        public void FinishAll() => _steps.Release(Frames);

        public void Dispose() => _steps.Dispose();
    }
}
