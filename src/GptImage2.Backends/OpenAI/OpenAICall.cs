using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;

namespace GptImage2.Backends.OpenAI;

/// <summary>Where a request goes and what it carries, the same at every try.</summary>
/// <param name="Path">Below the base address.</param>
/// <param name="CreateBody">Makes the body of one try; it is given what to call when all of it has left.</param>
/// <param name="ArgumentNames">What the caller knows the pictures as.</param>
internal sealed record OpenAICall(string Path, Func<Action, TrackedRequestBody> CreateBody, ImageArgumentNames ArgumentNames)
{
    /// <summary>Words alone are JSON; with pictures they are a form, the one way that takes files as they are.</summary>
    public static OpenAICall From(ImageRequest request, RenderInputs inputs, OpenAIOptions options)
    {
        var asked = OpenAIRequest.From(request, options);
        var arguments = new ImageArgumentNames(request);
        if (inputs.Images is [])
        {
            var json = asked.ToUtf8Json();
            return new OpenAICall("images/generations", left => new JsonRequestBody(json, left), arguments);
        }

        var parts = OpenAIEditForm.From(asked, inputs, arguments);
        var boundary = MultipartFormBody.NewBoundary();
        return new OpenAICall("images/edits", left => new MultipartFormBody(parts, boundary, left), arguments);
    }
}
