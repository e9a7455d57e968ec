using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Backends.OpenAI;

/// <summary>Where a request goes and what it carries, the same in every attempt.</summary>
/// <param name="Path">Below the base address.</param>
/// <param name="CreateBody">Makes the body of one attempt; it is given what to call when all of it has left.</param>
/// <param name="ArgumentNames">What the caller knows the images as.</param>
/// <param name="Count">How many images it is for.</param>
internal sealed record OpenAICall(string Path, Func<Action, TrackedRequestBody> CreateBody, ImageArgumentNames ArgumentNames, int Count)
{
    /// <summary>A prompt alone is JSON; with images it is a form, the one encoding that takes files as they are.</summary>
    /// <param name="model">What the service calls the model; null for its own id.</param>
    public static OpenAICall From(Validated<ImageRequest> validated, RenderInputs inputs, bool stream, string? model = null)
    {
        var request = OpenAIRequest.From(validated, stream) is var own && model is null ? own : own with { Model = model };
        var arguments = new ImageArgumentNames(validated.Request);
        if (inputs.Images is [])
        {
            var json = request.ToUtf8Json();
            return new OpenAICall("images/generations", onSent => new JsonRequestBody(json, onSent), arguments, request.N);
        }

        var parts = OpenAIEditForm.From(request, inputs, arguments);
        var boundary = MultipartFormBody.NewBoundary();
        return new OpenAICall("images/edits", onSent => new MultipartFormBody(parts, boundary, onSent), arguments, request.N);
    }
}
