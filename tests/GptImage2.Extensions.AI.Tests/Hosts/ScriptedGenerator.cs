using Microsoft.Extensions.AI;

namespace GptImage2.Extensions.AI.Tests.Hosts;

/// <summary>A generator that keeps what it is asked, and answers as a test says.</summary>
internal sealed class ScriptedGenerator(Func<ImageGenerationRequest, ImageGenerationOptions, ImageGenerationResponse> answer) : IImageGenerator
{
    public List<(ImageGenerationRequest Request, ImageGenerationOptions Options)> Calls { get; } = [];

    public Task<ImageGenerationResponse> GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls.Add((request, options!));
        return Task.FromResult(answer(request, options!));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
