using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Backends.OpenAI.Compatible.Requests;

/// <summary>Writes a request as a server takes it: one, or one for each image.</summary>
internal sealed class CompatibleCalls(ServerTraits server, string? model)
{
    /// <exception cref="ImageException">The server cannot do it; nothing was sent.</exception>
    public IReadOnlyList<OpenAICall> Create(Validated<ImageRequest> validated, RenderInputs inputs)
    {
        var arguments = new ImageArgumentNames(validated.Request);
        ThrowIfImpossible(validated.Request, inputs);
        var prepared = InputConversion.Prepare(server, inputs);
        var count = validated.Request.Count;
        return server.DrawsOneByOne || IsInpaintingOfLocalAI(inputs)
            ? [.. Enumerable.Range(0, count).Select(_ => CreateCall(validated, prepared, arguments, 1))]
            : [CreateCall(validated, prepared, arguments, count)];
    }

    /// <summary>It has no number of images and draws one.</summary>
    private bool IsInpaintingOfLocalAI(RenderInputs inputs) => server.Body is BodyStyle.LocalAI && inputs.Mask is not null;

    private void ThrowIfImpossible(ImageRequest request, RenderInputs inputs)
    {
        var problem = (request, server) switch
        {
            (_, { NeedsModel: true }) when model is null => Refuse($"{server.Title} has many models. The user must set GPTIMAGE2_COMPATIBLE__MODEL to one of them and restart this server.", null),
            _ when inputs.Mask is not null && server.MaskField is null => Refuse($"image: {server.Title} takes no masks, so it cannot keep to a part of an image. edit_with_references changes the whole.", "image"),
            _ when inputs.Images.Count > server.MaxReferences => Refuse($"references: {server.Title} takes at most {server.MaxReferences} images.", "references"),
            (InpaintRequest, { Body: BodyStyle.LocalAI }) when inputs.Images.Count > 1 => Refuse($"references: {server.Title} takes no further images with a mask. Leave them out.", "references"),
            _ => null,
        };
        if (problem is not null)
        {
            throw new ImageException(problem);
        }
    }

    private static Failure Refuse(string message, string? argument) => new()
    {
        Code = argument is null ? FailureCode.ModelNotFound : FailureCode.InvalidRequest,
        Message = $"{message} Nothing was sent.",
        Argument = argument,
        Retry = argument is null ? RetryAdvice.No : RetryAdvice.Changed,
    };

    private OpenAICall CreateCall(Validated<ImageRequest> validated, RenderInputs inputs, ImageArgumentNames arguments, int count)
    {
        var prompt = server.CleanPrompt(validated.PromptAsSent);
        var isForm = inputs.Images is not [] && server.EditPath is not null && (server.Body is not BodyStyle.LocalAI || inputs.Mask is not null);
        if (isForm)
        {
            var parts = CreateForm(validated.Request, prompt, inputs, arguments, count);
            var boundary = MultipartFormBody.NewBoundary();
            return new OpenAICall(server.EditPath!, onSent => new MultipartFormBody(parts, boundary, onSent), arguments, count);
        }

        var json = CompatibleBody.Create(server, model, validated.Request, prompt, count, [.. inputs.Images.Select((image, index) => (image, arguments[index]))]);
        return new OpenAICall(server.GenerationPath, onSent => new WholeJsonBody(json, onSent), arguments, count);
    }

    private MultipartFormPart[] CreateForm(ImageRequest request, string prompt, RenderInputs inputs, ImageArgumentNames arguments, int count) =>
    [
        .. CreateFields(request, prompt, count).Where(field => field.Value is not null).Select(field => MultipartFormPart.Text(field.Name, field.Value!)),
        .. inputs.Images.Select((image, index) => CreateFile(server.ImageField, $"image-{index + 1}", image, arguments[index])),
        .. inputs.Mask is { } mask ? [CreateFile(server.MaskField!, "mask", mask, arguments.MaskOrRegion)] : Array.Empty<MultipartFormPart>(),
    ];

    private IEnumerable<(string Name, string? Value)> CreateFields(ImageRequest request, string prompt, int count) =>
    [
        ("model", model),
        ("prompt", prompt),
        ("n", count.ToString()),
        ("size", request.Size.ToString()),
        ("response_format", server.ResponseFormat),
        ("output_format", server.TakesOutputFormat ? "png" : null),
        ("quality", server.TakesOpenAIFields ? request.Quality.Name : null),
        ("background", server.TakesOpenAIFields ? request.Background.Name : null),
    ];

    private static MultipartFormPart CreateFile(string name, string fileName, RenderInputImage image, string argument) =>
        MultipartFormPart.File(name, $"{fileName}.{image.Format.Extension}", image.Format.MediaType, image.Image, argument);
}
