using System.Drawing;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Extensions.AI.Backend;

/// <summary>One request in the words of Microsoft.Extensions.AI.</summary>
internal sealed record GeneratorCall(ImageGenerationRequest Request, ImageGenerationOptions Options)
{
    /// <exception cref="ImageException">An image of the request cannot be read.</exception>
    public static async Task<GeneratorCall> CreateAsync(Validated<ImageRequest> validated, RenderInputs inputs, CancellationToken cancellationToken)
    {
        var images = new List<AIContent>();
        foreach (var (index, image) in inputs.Images.Index())
        {
            images.Add(await ReadAsync(image, $"image-{index + 1}", validated.Request.Images[index].Argument, cancellationToken));
        }

        var mask = inputs.Mask is { } drawn ? await ReadAsync(drawn, "mask", "mask", cancellationToken) : null;
        return new GeneratorCall(
            images is [] ? new ImageGenerationRequest(validated.PromptAsSent) : new ImageGenerationRequest(validated.PromptAsSent, images),
            CreateOptions(validated, mask));
    }

    private static ImageGenerationOptions CreateOptions(Validated<ImageRequest> validated, DataContent? mask)
    {
        var request = validated.Request;
        (string Name, object? Value)[] more =
        [
            (ImageOptionNames.Quality, request.Quality is ImageQuality.Auto ? null : request.Quality.Name),
            (ImageOptionNames.Background, request.Background is ImageBackground.Auto ? null : request.Background.Name),
            (ImageOptionNames.Compression, request.RenderCompression),
            (ImageOptionNames.Mask, mask),
        ];
        var given = more.Where(property => property.Value is not null).ToDictionary(property => property.Name, property => property.Value);
        return new ImageGenerationOptions
        {
            ModelId = validated.Profile.Model,
            Count = request.Count,
            ImageSize = new Size(request.Size.Width, request.Size.Height),
            MediaType = request.RenderFormat.MediaType,
            AdditionalProperties = given is { Count: 0 } ? null : new AdditionalPropertiesDictionary(given),
        };
    }

    private static async Task<DataContent> ReadAsync(RenderInputImage input, string name, string argument, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = new MemoryStream();
            await using var content = input.Image.OpenRead();
            await content.CopyToAsync(bytes, cancellationToken);
            return new DataContent(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), input.Format.MediaType) { Name = $"{name}.{input.Format.Extension}" };
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(GeneratorErrors.InputUnreadable(argument), gone);
        }
    }
}
