using GptImage2.Generation.Jobs;
using GptImage2.Generation.Spending;

namespace GptImage2.Extensions.AI.Generator;

/// <summary>What our generator says of a call, as the <c>RawRepresentation</c> of its response.</summary>
/// <param name="JobId">By which the images and the cost are recorded.</param>
/// <param name="Backend">Who drew them.</param>
/// <param name="Images">With their records, in the order of the response's contents.</param>
/// <param name="Price">What it was going to cost, as far as that was known.</param>
/// <param name="Usd">What it cost by what the service reported; null where that is unknown.</param>
/// <param name="Warnings">What the caller should know; that an image is only a sketch, first of all.</param>
/// <param name="Failure">Why there are fewer images than were asked for, or other ones; null where all is well.</param>
public sealed record GptImageResult(
    string JobId, string Backend, string Model, IReadOnlyList<DeliveredImage> Images, Price Price, decimal? Usd, IReadOnlyList<string> Warnings, Failure? Failure)
{
    /// <summary>In each content's additional properties: the id of the image in the store, which can be given instead of an image.</summary>
    public const string IdProperty = "gptimage2.id";

    /// <summary>The absolute path of the image in the store; absent where no disk could be written to.</summary>
    public const string PathProperty = "gptimage2.path";

    /// <summary>Absolute paths of the copies that were asked for, as a list of texts; absent without any.</summary>
    public const string CopiesProperty = "gptimage2.copies";

    /// <summary>USD, as a <see cref="decimal"/>, of the call as a whole; absent where that is unknown.</summary>
    public const string UsdProperty = "gptimage2.usd";

    /// <summary>The warnings of the call as a whole, and the text of its failure, as a list of texts; absent without any.</summary>
    public const string WarningsProperty = "gptimage2.warnings";

    internal static GptImageResult From(JobSnapshot job) => new(
        job.Id,
        job.Summary.Backend,
        job.Summary.Model,
        job.Images,
        job.Summary.Price,
        job.Usd ?? (job.Summary.Price.Unit is CostUnit.None ? 0 : null),
        job.Summary.Notice is { } notice ? [notice, .. job.Warnings] : job.Warnings,
        job.Failure);

    internal AdditionalPropertiesDictionary Describe(DeliveredImage image, string? path)
    {
        string[] warnings = [.. Warnings, .. Failure is { Message: var message } ? [message] : Array.Empty<string>()];
        var properties = new AdditionalPropertiesDictionary { [IdProperty] = image.Record.Id };
        Add(PathProperty, path);
        Add(CopiesProperty, image.Copies is [] ? null : image.Copies);
        Add(UsdProperty, Usd);
        Add(WarningsProperty, warnings is [] ? null : warnings);
        return properties;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                properties[name] = value;
            }
        }
    }
}
