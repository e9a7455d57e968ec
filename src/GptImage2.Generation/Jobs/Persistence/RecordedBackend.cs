using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>Stands for the backend of a persisted plan: its images can be recorded and finished, and no more can be rendered.</summary>
internal sealed class RecordedBackend(string name, ModelProfile profile, string? notice) : IImageBackend
{
    public string Name => name;

    public ModelProfile Profile => profile;

    public string? Notice => notice;

    public Task<string> CheckAsync(CancellationToken cancellationToken) => throw CreateException();

    public Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken) =>
        throw CreateException();

    private InvalidOperationException CreateException() => new($"A persisted plan is finished, never rendered again: {name} might bill it twice.");
}
