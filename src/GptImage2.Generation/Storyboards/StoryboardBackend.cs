using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Storyboards;

/// <summary>
/// Makes boards: a backend that sends nothing itself. Each panel is a job of its own, so that prices, caps, duplicates and crashes are what they are
/// for any image. The board's own job is resumable, because what it takes to go on is in the catalog: a process that takes it up asks what became of
/// the panels' jobs, and starts none a second time that may have been billed.
/// </summary>
/// <param name="runner">Asked for with the first board: it needs what needs the backends.</param>
internal sealed class StoryboardBackend(Func<StoryboardRunner> runner) : IResumableBackend
{
    public string Name => LocalModel.Storyboard.Model;

    public ModelProfile Profile => LocalModel.Storyboard;

    public string? Notice => null;

    public Task<string> CheckAsync(CancellationToken cancellationToken) => Task.FromResult("works on this machine");

    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(validated);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(sink);
        var request = (StoryboardRequest)validated.Request;
        await runner().BeginAsync(request, inputs, cancellationToken);
        await sink.SaveCheckpointAsync(request.Board);
        return await runner().RunAsync(request, sink, cancellationToken);
    }

    public Task<RenderOutcome> ResumeAsync(string checkpoint, Validated<ImageRequest> validated, int skip, IRenderSink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(validated);
        ArgumentNullException.ThrowIfNull(sink);
        return runner().RunAsync((StoryboardRequest)validated.Request, sink, cancellationToken);
    }
}
