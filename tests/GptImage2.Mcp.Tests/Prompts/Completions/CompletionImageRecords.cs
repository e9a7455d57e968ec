using GptImage2.Generation.Storage;
using GptImage2.Imaging;

namespace GptImage2.Mcp.Tests.Prompts.Completions;

/// <summary>Records of images that were never made.</summary>
internal static class CompletionImageRecords
{
    /// <param name="slug">The middle of the file's name.</param>
    public static ImageRecord Named(string slug, string owner)
    {
        var id = IdGenerator.CreateImageId(IdGenerator.CreateJobId(), 1, finished: false);
        return new ImageRecord
        {
            Id = id,
            Owner = owner,
            JobId = IdGenerator.CreateJobId(),
            Number = 1,
            Created = DateTimeOffset.UnixEpoch,
            Delivered = true,
            File = new StoredFile($"1970-01-01/000000-{slug}-{id["img_".Length..]}.png", ImageFormat.Png, new Dimensions(1024, 1024), false, 1, new string('0', 64)),
            Prompt = slug,
            Tool = "generate_image",
            Backend = "sketch",
            Model = "gpt-image-2",
            Quality = "low",
        };
    }
}
