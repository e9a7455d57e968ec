using GptImage2.Generation.Storage;
using GptImage2.Imaging;

namespace GptImage2.Generation.Tests;

/// <summary>Records to put into a catalog.</summary>
internal static class TestImageRecords
{
    /// <summary>With a file that is called as the store calls it.</summary>
    public static ImageRecord CreateNamed(string slug, string owner = "local", bool delivered = true)
    {
        var record = Create(slug, owner, delivered);
        return record with { File = record.File with { Path = $"2026-05-04/030201-{slug}-{record.Id["img_".Length..]}.png" } };
    }

    public static ImageRecord Create(string prompt, string owner = "local", bool delivered = true) => Create(prompt, IdGenerator.CreateJobId(), owner, delivered);

    private static ImageRecord Create(string prompt, string job, string owner, bool delivered) => new()
    {
        Id = IdGenerator.CreateImageId(job, 1, finished: false),
        Owner = owner,
        JobId = job,
        Number = 1,
        Created = new DateTimeOffset(2026, 5, 4, 3, 2, 1, 123, TimeSpan.Zero),
        Delivered = delivered,
        File = new StoredFile("2026-05-04/030201-a-fox-abc.png", ImageFormat.Png, new Dimensions(1536, 1024), true, 4_000_000_000, new string('a', 64)),
        Prompt = prompt,
        Tool = "generate_image",
        Backend = "sketch",
        Model = "gpt-image-2",
        Quality = "high",
    };
}
