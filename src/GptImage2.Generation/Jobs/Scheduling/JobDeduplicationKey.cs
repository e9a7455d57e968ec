using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Planning.Regions;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>Tells twins: two plans with the same fingerprint would make, and bill, the same thing twice.</summary>
internal static class JobDeduplicationKey
{
    /// <summary>SHA-256 over owner, backend, model and everything that decides the pictures; not over how they are shown or waited for.</summary>
    public static string Compute(JobPlan plan)
    {
        var request = plan.Request;
        string[] parts =
        [
            plan.Caller.Owner,
            plan.Tool,
            plan.Backend.Name,
            plan.Validated.Profile.Model,
            request.Prompt,
            request.Size.ToString(),
            request.Count.ToString(CultureInfo.InvariantCulture),
            request.Quality.ToString(),
            request.Background.ToString(),
            request.Delivery.ToString(),
            request.Cutout.ToString(),
            .. plan.Inputs.SelectMany(DescribeImage),
            .. plan.Region is { } region ? DescribeRegion(region) : [],
        ];

        // Lengths before parts, so that no prompt can be written to look like another call.
        var text = string.Concat(parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>By what it shows, never by where it lies.</summary>
    private static IEnumerable<string> DescribeImage(InputImage input) =>
        [input.Stored!.Sha256, input.Reference.Role.ToString(), input.Reference.Note ?? "", input.Reference.FullSize.ToString()];

    /// <summary>By the pixels that change: two ways of describing the same region are the same region.</summary>
    private static IEnumerable<string> DescribeRegion(RegionPlan region) =>
    [
        region.Mask.Bounds.ToString(),
        Convert.ToHexStringLower(SHA256.HashData(region.Mask.GetFeatherWeights(region.Mask.Bounds, 0))),
        region.Feather.ToString(CultureInfo.InvariantCulture),
        region.Outside.ToString(),
    ];
}
