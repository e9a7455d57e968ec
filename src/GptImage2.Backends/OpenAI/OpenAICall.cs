using GptImage2.Backends.Wire;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;

namespace GptImage2.Backends.OpenAI;

/// <summary>Where a request goes and what it carries, the same at every try.</summary>
/// <param name="Path">Below the base address.</param>
/// <param name="Body">Makes the body of one try; it is given what to call when all of it has left.</param>
/// <param name="Arguments">What the caller knows the pictures as.</param>
internal sealed record OpenAICall(string Path, Func<Action, RequestBody> Body, PictureArguments Arguments)
{
    /// <summary>Words alone are JSON; with pictures they are a form, the one way that takes files as they are.</summary>
    public static OpenAICall From(ImageRequest request, RenderInputs inputs, OpenAIOptions options)
    {
        var asked = OpenAIRequest.From(request, options);
        var arguments = new PictureArguments(request);
        if (inputs.Images is [])
        {
            var json = asked.ToJson();
            return new OpenAICall("images/generations", left => new JsonBody(json, left), arguments);
        }

        var parts = OpenAIForm.From(asked, inputs, arguments);
        var boundary = FormBody.NewBoundary();
        return new OpenAICall("images/edits", left => new FormBody(parts, boundary, left), arguments);
    }
}
