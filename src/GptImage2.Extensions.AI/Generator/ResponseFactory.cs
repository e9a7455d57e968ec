using GptImage2.Extensions.AI.Backend;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Storage;

namespace GptImage2.Extensions.AI.Generator;

/// <summary>From a job that is over to a response.</summary>
internal sealed class ResponseFactory(IImageStore store)
{
    /// <summary>The images' bytes, unless their addresses or ids are asked for.</summary>
    /// <exception cref="ImageException">A file of the store is gone.</exception>
    public async Task<ImageGenerationResponse> CreateAsync(JobSnapshot job, ImageGenerationResponseFormat? format, CancellationToken cancellationToken)
    {
        var result = GptImageResult.From(job);
        var contents = new List<AIContent>();
        foreach (var image in job.Images)
        {
            var content = format switch
            {
                ImageGenerationResponseFormat.Uri => new UriContent(GetAddress(image.Record), image.Record.File.Format.MediaType),
                ImageGenerationResponseFormat.Hosted => new HostedFileContent(image.Record.Id) { MediaType = image.Record.File.Format.MediaType },
                _ => await ReadAsync(image.Record, cancellationToken),
            };
            content.RawRepresentation = image.Record;
            content.AdditionalProperties = result.Describe(image, store.GetAbsolutePath(image.Record.File));
            contents.Add(content);
        }

        return new ImageGenerationResponse(contents) { RawRepresentation = result, Usage = GeneratorUsage.Create(job.Outcome?.Usage) };
    }

    private Uri GetAddress(ImageRecord record) => store.GetAbsolutePath(record.File) is { } path ? new Uri(path) : new Uri($"image://{record.Id}");

    private async Task<AIContent> ReadAsync(ImageRecord record, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        await using var file = store.OpenRead(record.File);
        await file.CopyToAsync(bytes, cancellationToken);
        return new DataContent(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), record.File.Format.MediaType) { Name = Path.GetFileName(record.File.Path) };
    }
}
